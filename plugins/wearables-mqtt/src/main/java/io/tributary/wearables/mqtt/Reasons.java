package io.tributary.wearables.mqtt;

import io.tributary.spi.Health;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;

/// What the broker's reason codes mean to us (MQTT 5, section 2.4).
final class Reasons {

    static final int SUCCESS = 0x00;
    static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    static final int FIRST_FAILURE = 0x80;

    private static final int PROTOCOL_VERSION = 0x84;
    private static final int CLIENT_ID = 0x85;
    private static final int BAD_CREDENTIALS = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int UNAVAILABLE = 0x88;
    private static final int BUSY = 0x89;
    private static final int BANNED = 0x8A;
    private static final int TAKEN_OVER = 0x8E;
    private static final int TOPIC_FILTER = 0x8F;
    private static final int TOPIC_NAME = 0x90;
    private static final int TOO_LARGE = 0x95;
    private static final int QUOTA = 0x97;
    private static final int PAYLOAD_FORMAT = 0x99;
    private static final int USE_ANOTHER = 0x9C;
    private static final int MOVED = 0x9D;
    private static final int WILDCARDS = 0xA2;

    /// A device that is not there may be soon.
    private static final Duration ABSENCE = Duration.ofSeconds(30);

    private Reasons() {}

    /// How the account is when the broker does not let it in. One that knows MQTT 3.1.1 alone says
    /// so by numbers of its own (section 3.2.2.3 there).
    static Health refusal(int reason) {
        return health(
                switch (reason) {
                    case 1 -> PROTOCOL_VERSION;
                    case 2 -> CLIENT_ID;
                    case 3 -> UNAVAILABLE;
                    case 4 -> BAD_CREDENTIALS;
                    case 5 -> NOT_AUTHORIZED;
                    default -> reason;
                });
    }

    /// How the account is when the broker refuses it, or ends the connection.
    static Health health(int reason) {
        return switch (reason) {
            case PROTOCOL_VERSION ->
                    Health.stopped("the broker does not speak MQTT 5", "use another broker");
            case CLIENT_ID -> Health.stopped("the broker refuses the client id", "change clientId");
            case BAD_CREDENTIALS, NOT_AUTHORIZED, BANNED ->
                    Health.stopped(
                            "the broker refuses the account (" + name(reason) + ")",
                            "check user, password, and what the broker permits the user to read");
            case USE_ANOTHER, MOVED ->
                    Health.stopped("the broker has moved", "set broker to where it is now");
            case TOPIC_FILTER, WILDCARDS ->
                    Health.stopped(
                            "the broker refuses the subscription (" + name(reason) + ")",
                            "check topics");
            case TAKEN_OVER ->
                    Health.down("another client connected under the same client id")
                            .action("see that no other program uses this clientId");
            case UNAVAILABLE, BUSY -> Health.down("the broker is busy");
            default -> Health.down("the broker ended the connection (" + name(reason) + ")");
        };
    }

    /// What became of a message that the broker has answered.
    static SendResult result(int reason, String key) {
        return switch (reason) {
            case NO_MATCHING_SUBSCRIBERS ->
                    SendResult.retry(
                            ABSENCE,
                            Scope.ADDRESS,
                            name(reason),
                            "no device listens there at present");
            case NOT_AUTHORIZED ->
                    SendResult.accountStopped(
                            name(reason), "the broker does not permit the account to write there");
            case QUOTA -> SendResult.retry(Duration.ZERO, Scope.ACCOUNT, name(reason), "too many");
            case TOPIC_NAME, TOO_LARGE, PAYLOAD_FORMAT ->
                    SendResult.rejected(name(reason), "the broker refuses the message");
            default ->
                    reason < FIRST_FAILURE
                            ? SendResult.accepted(key)
                            : SendResult.retry(name(reason), "the broker did not take it");
        };
    }

    /// The code as the standard writes it, such as `mqtt-0x87`.
    static String name(int reason) {
        return "mqtt-0x%02x".formatted(reason);
    }
}
