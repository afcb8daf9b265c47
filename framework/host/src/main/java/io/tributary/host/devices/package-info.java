/// Sockets of devices and what is said on them: the handshake, frames one at a time, messages to
/// the device of the address's last event, conversations that a session shows, and the hand-over of
/// an open socket to a new version of its plugin.
@NullMarked
package io.tributary.host.devices;

import org.jspecify.annotations.NullMarked;
