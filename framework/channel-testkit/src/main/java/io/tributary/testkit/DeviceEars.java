package io.tributary.testkit;

import io.tributary.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a device has heard, and what it answers by itself: in order, and beside whoever is sending,
/// who may wait for it.
final class DeviceEars {

    private final Function<Frame, List<Frame>> answers;
    private final Consumer<List<Frame>> mouth;
    private final List<Frame> heard = new ArrayList<>();
    private CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);

    /// @param answers what it says to a frame; empty: nothing
    /// @param mouth says it
    DeviceEars(Function<Frame, List<Frame>> answers, Consumer<List<Frame>> mouth) {
        this.answers = answers;
        this.mouth = mouth;
    }

    synchronized void hear(Frame frame) {
        heard.add(frame);
        var answer = answers.apply(frame);
        if (!answer.isEmpty()) {
            answered =
                    answered.thenRunAsync(() -> mouth.accept(answer), Thread::startVirtualThread);
        }
    }

    synchronized List<Frame> heard() {
        return List.copyOf(heard);
    }
}
