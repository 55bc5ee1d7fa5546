/** The list of the desk's behaviours. */

import { DraftPanel } from "./elements/draft-panel.js";
import { DraftWriter } from "./elements/draft-writer.js";
import { ImportFiles } from "./elements/import-files.js";

customElements.define("draft-panel", DraftPanel);
customElements.define("draft-writer", DraftWriter);
customElements.define("import-files", ImportFiles);
