package io.tributary.host.webhooks;

import java.time.Duration;

/// What became of one post.
public sealed interface Outcome {

    /// The app has it.
    record Delivered() implements Outcome {}

    /// The app is gone for good.
    record Gone() implements Outcome {}

    /// The app wants to be left alone for a while.
    record Later(Duration time, String reason) implements Outcome {}

    /// It may work another time.
    record Failed(String reason) implements Outcome {}

    /// For operators.
    default String text() {
        return switch (this) {
            case Delivered _ -> "delivered";
            case Gone _ -> "answered 410: it is gone";
            case Later later -> later.reason();
            case Failed failed -> failed.reason();
        };
    }
}
