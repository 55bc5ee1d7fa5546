/** The list of all behaviours. */

import { ChatMessage } from "./elements/chat-message.js";
import { CheckpointName } from "./elements/checkpoint-name.js";
import { ConnectionLine } from "./elements/connection-line.js";
import { ConversationLog } from "./elements/conversation-log.js";
import { ConversationRoom } from "./elements/conversation-room.js";
import { CopyButton } from "./elements/copy-button.js";
import { DropDown } from "./elements/drop-down.js";
import { ImportFiles } from "./elements/import-files.js";
import { LocalTime } from "./elements/local-time.js";
import { MessageComposer } from "./elements/message-composer.js";
import { MessageEditor } from "./elements/message-editor.js";
import { MessageTexts } from "./elements/message-texts.js";
import { RichText } from "./elements/rich-text.js";

customElements.define("drop-down", DropDown);
customElements.define("local-time", LocalTime);
customElements.define("rich-text", RichText);
customElements.define("copy-button", CopyButton);
customElements.define("import-files", ImportFiles);
customElements.define("connection-line", ConnectionLine);
customElements.define("message-editor", MessageEditor);
customElements.define("message-texts", MessageTexts);
customElements.define("checkpoint-name", CheckpointName);
customElements.define("chat-message", ChatMessage);
customElements.define("conversation-log", ConversationLog);
customElements.define("message-composer", MessageComposer);
customElements.define("conversation-room", ConversationRoom);
