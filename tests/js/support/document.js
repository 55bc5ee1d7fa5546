/** As much of a document as the renderer needs, and a way to read it. */

class Text {
    nodeType = 3;

    constructor(data) {
        this.data = data;
    }

    appendData(data) {
        this.data += data;
    }

    remove() {
        this.parent.childNodes = this.parent.childNodes.filter((node) => node !== this);
    }

    get textContent() {
        return this.data;
    }

    get markup() {
        return this.data;
    }
}

class Element {
    nodeType = 1;
    childNodes = [];
    attributes = {};

    constructor(tag) {
        this.tag = tag;
    }

    ownerDocument = fakeDocument;

    get firstChild() {
        return this.childNodes[0] ?? null;
    }

    get lastChild() {
        return this.childNodes.at(-1) ?? null;
    }

    appendChild(node) {
        node.parent = this;
        this.childNodes.push(node);
        return node;
    }

    replaceChildren() {
        this.childNodes = [];
    }

    setAttribute(name, value) {
        this.attributes[name] = value;
    }

    get textContent() {
        return this.childNodes.map((node) => node.textContent).join("");
    }

    get markup() {
        const attributes = Object.entries(this.attributes).map(([name, value]) => ` ${name}=${value}`).join("");
        return `<${this.tag}${attributes}>${this.inner}</${this.tag}>`;
    }

    get inner() {
        return this.childNodes.map((node) => node.markup).join("");
    }
}

const fakeDocument = {
    createElement: (tag) => new Element(tag),
    createTextNode: (data) => new Text(data),
};

export const newRoot = () => new Element("div");
