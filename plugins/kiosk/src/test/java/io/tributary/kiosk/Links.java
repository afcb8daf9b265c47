package io.tributary.kiosk;

import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.Frame;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Sockets of devices that only listen.
final class Links {

    private Links() {}

    /// One whose device hears into this queue, and says nothing.
    static DeviceLink into(Queue<Frame> heard) {
        return new DeviceLink() {
            @Override
            public void send(Frame frame) {
                heard.add(frame);
            }

            @Override
            public void close(int code, String reason) {}

            @Override
            public void follow(String address, @Nullable String cursor) {}

            @Override
            public void unfollow(String address) {}

            @Override
            public Upload upload(String name, String type, long bytes) {
                throw new IllegalStateException("nothing is uploaded");
            }

            @Override
            public List<Outcome> deliver(Delivery delivery) throws NotStored {
                throw new NotStored(NotStored.Why.UNAVAILABLE, "nothing is stored");
            }

            @Override
            public void signal(Signal signal) {}
        };
    }
}
