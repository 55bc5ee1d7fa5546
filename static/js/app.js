/** The list of the behaviours that pages share; chat.js and desk.js have those of a chat and of the desk. */

import { DropDown } from "./elements/drop-down.js";
import { ImportFiles } from "./elements/import-files.js";
import { LocalTime } from "./elements/local-time.js";
import { RichText } from "./elements/rich-text.js";

customElements.define("drop-down", DropDown);
customElements.define("local-time", LocalTime);
customElements.define("rich-text", RichText);
customElements.define("import-files", ImportFiles);
