/// SMS over SMPP 3.4, as an ESME.
///
/// [SmppChannel] is the door. A [SmppConnection] holds a bind over a [Link] or two; what comes is
/// split by [EventReader], kept, acknowledged and understood by [Translation]; what goes out is cut
/// by [Segments], written by [Submission] and judged by [CommandStatus].
@NullMarked
package io.tributary.sms.smpp;

import org.jspecify.annotations.NullMarked;
