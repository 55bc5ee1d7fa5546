/** Small words for the document. */

export function part(root, name) {
    return root.querySelector(`[data-part="${name}"]`);
}

export function tell(element, name, detail = {}) {
    element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

/** A copy of what a template holds. */
export function copyOf(template) {
    return document.importNode(template.content, true).firstElementChild;
}
