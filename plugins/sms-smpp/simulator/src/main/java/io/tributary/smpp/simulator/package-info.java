/// A stand-in for a carrier's SMSC: [Smsc] listens, a [Session] is who has bound, a [Mailbox] is
/// what waits for them.
@NullMarked
package io.tributary.smpp.simulator;

import org.jspecify.annotations.NullMarked;
