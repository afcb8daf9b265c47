/// Wearables over MQTT 5, and Open mHealth data points by HTTP.
///
/// [WearablesChannel] is the door. A [BrokerConnection] speaks MQTT over a [Wire], which reads and
/// writes [Packet]s; [EventReader] says which event a message is, [Translation] what happened.
/// Posted data points come through [DataPointDoor]. What goes out is written by [Outgoing].
@NullMarked
package io.tributary.wearables.mqtt;

import org.jspecify.annotations.NullMarked;
