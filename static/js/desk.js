/** The list of the desk's behaviours. */

import { DraftPanel } from "./elements/draft-panel.js";

customElements.define("draft-panel", DraftPanel);
