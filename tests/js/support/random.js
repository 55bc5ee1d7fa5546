/** The same numbers each time: random(n) is at least 0 and below n. */

export function randomNumbers(seed) {
    let state = seed;
    return (below) => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return Math.floor((state / 2147483648) * below);
    };
}
