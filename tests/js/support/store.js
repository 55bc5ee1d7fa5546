/** A localStorage: its keys are its own properties. */

export function fakeStore() {
    return Object.create({
        getItem(key) {
            return Object.hasOwn(this, key) ? this[key] : null;
        },
        setItem(key, value) {
            this[key] = String(value);
        },
        removeItem(key) {
            delete this[key];
        },
    });
}
