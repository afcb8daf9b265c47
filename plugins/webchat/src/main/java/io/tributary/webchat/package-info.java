/// Live chat on web sites.
///
/// [WebChatChannel] is the door. The [Widget] is what a site embeds. A visitor's browser connects
/// by WebSocket: [Admission] decides who it is, a [ChatSession] takes its frames, which [Frames]
/// reads, and shows it the conversation, which [Shown] writes. [Translation] makes interactions of
/// what was said.
@NullMarked
package io.tributary.webchat;

import org.jspecify.annotations.NullMarked;
