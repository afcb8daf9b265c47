package io.tributary.wearables.mqtt;

import io.tributary.spi.Health;
import java.io.IOException;

/// What came is not MQTT 5, or more of it than was agreed.
final class NotMqtt extends IOException {

    private static final long serialVersionUID = 1;

    NotMqtt(String what) {
        super("the broker does not keep to MQTT 5: " + what);
    }

    /// How the account is where this ends a connection.
    Health health() {
        return Health.down(String.valueOf(getMessage()));
    }
}
