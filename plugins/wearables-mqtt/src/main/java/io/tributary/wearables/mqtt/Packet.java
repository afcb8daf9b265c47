package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A control packet of MQTT 5 (OASIS Standard, 7 March 2019, chapter 3), as far as a client with
/// QoS 0 and 1 needs it.
sealed interface Packet {

    /// Types, as they stand in the upper half of a packet's first byte (section 2.1.2).
    int CONNECT = 1;

    int CONNACK = 2;
    int PUBLISH = 3;
    int PUBACK = 4;
    int SUBSCRIBE = 8;
    int SUBACK = 9;
    int PINGREQ = 12;
    int PINGRESP = 13;
    int DISCONNECT = 14;

    /// Who we are (section 3.1). The session is always gone on with, unless it is of no duration.
    ///
    /// @param user null: none
    /// @param password null: none
    record Connect(
            String clientId,
            boolean cleanStart,
            int keepAlive,
            @Nullable String user,
            @Nullable String password,
            PacketProperties properties)
            implements Packet {

        /// The name alone.
        @Override
        public String toString() {
            return "Connect[" + clientId + "]";
        }
    }

    /// Whether the broker lets us in (section 3.2).
    record ConnAck(boolean sessionPresent, int reason, PacketProperties properties)
            implements Packet {}

    /// A message (section 3.3).
    ///
    /// @param id 0 with QoS 0
    record Publish(
            String topic,
            Bytes payload,
            int qos,
            int id,
            boolean retained,
            PacketProperties properties)
            implements Packet {

        /// Size and QoS: the rest is what a customer sent.
        @Override
        public String toString() {
            return "Publish[" + payload + ", QoS " + qos + "]";
        }
    }

    /// A message that is longer than what we take, of which the end was passed over.
    ///
    /// @param id 0 with QoS 0
    /// @param beginning what follows its topic and id, as far as it was kept
    record TooLong(String topic, int id, Bytes beginning) implements Packet {

        /// Nothing of it: the rest is what a customer sent.
        @Override
        public String toString() {
            return "TooLong[" + beginning + "]";
        }
    }

    /// A message of QoS 1 is the receiver's now, or was refused (section 3.4).
    record PubAck(int id, int reason) implements Packet {}

    /// What we want to hear (section 3.8).
    record Subscribe(int id, List<Filter> filters) implements Packet {}

    /// One subscription.
    ///
    /// @param retainHandling 0: retained messages at every subscription, 1: at a new one, 2: never
    record Filter(String topics, int qos, int retainHandling) {}

    /// What of it is granted (section 3.9).
    record SubAck(int id, List<Integer> reasons) implements Packet {}

    /// Are you there (section 3.12).
    record PingReq() implements Packet {}

    /// Yes (section 3.13).
    record PingResp() implements Packet {}

    /// Good-bye, and why (section 3.14).
    record Disconnect(int reason) implements Packet {}
}
