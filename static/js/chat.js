/** The list of a chat's behaviours; those that it shares with other pages are in app.js. */

import { ChatMessage } from "./elements/chat-message.js";
import { CheckpointName } from "./elements/checkpoint-name.js";
import { ConnectionLine } from "./elements/connection-line.js";
import { ConversationLog } from "./elements/conversation-log.js";
import { ConversationRoom } from "./elements/conversation-room.js";
import { CopyButton } from "./elements/copy-button.js";
import { MessageComposer } from "./elements/message-composer.js";
import { MessageEditor } from "./elements/message-editor.js";
import { MessageTexts } from "./elements/message-texts.js";

customElements.define("copy-button", CopyButton);
customElements.define("connection-line", ConnectionLine);
customElements.define("message-editor", MessageEditor);
customElements.define("message-texts", MessageTexts);
customElements.define("checkpoint-name", CheckpointName);
customElements.define("chat-message", ChatMessage);
customElements.define("conversation-log", ConversationLog);
customElements.define("message-composer", MessageComposer);
customElements.define("conversation-room", ConversationRoom);
