/// Events of the stream, posted to agent apps that hold no stream: each webhook a durable cursor
/// over the log, signed, retried, and delivered by one member at a time.
@NullMarked
package io.tributary.host.webhooks;

import org.jspecify.annotations.NullMarked;
