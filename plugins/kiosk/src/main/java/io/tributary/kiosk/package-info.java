/// In-store kiosks over the host's WebSocket.
///
/// [KioskChannel] is the door. A device shows who it is at the [Entrance], by a token of the
/// [Devices] or of the [FleetTokens]. What it says is read by [MessageReader], kept by its
/// [KioskSession] and understood by [Translation]; what it is told is written by [Outgoing] and
/// waits among the [PendingCalls] until the device has taken it.
@NullMarked
package io.tributary.kiosk;

import org.jspecify.annotations.NullMarked;
