/** The list of the desk's behaviours. */

import { DraftPanel } from "./elements/draft-panel.js";
import { DraftWriter } from "./elements/draft-writer.js";

customElements.define("draft-panel", DraftPanel);
customElements.define("draft-writer", DraftWriter);
