/** Parts of the path that are not on the page yet. */

/** The answer of an address below the page's own; null where it did not come, whatever the reason. */
export async function loadPart(address) {
    const answer = await fetch(address).catch(() => null); // no network: told like any failure
    return answer?.ok && !answer.redirected ? answer.json() : null;
}
