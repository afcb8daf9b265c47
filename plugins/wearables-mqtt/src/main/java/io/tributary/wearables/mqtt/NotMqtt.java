package io.tributary.wearables.mqtt;

import io.tributary.spi.Health;
import java.io.IOException;

/// What came is not MQTT 5, or more of it than was agreed.
final class NotMqtt extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Health health;

    NotMqtt(String what) {
        this(Health.down("the broker does not keep to MQTT 5: " + what));
    }

    private NotMqtt(Health health) {
        super(health.text());
        this.health = health;
    }

    /// How the account is where this ends a connection.
    Health health() {
        return health;
    }
}
