package io.tributary.host.outbound;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Something that is done about one send beside the dispatcher's loop. It may block.
interface Work {

    /// @param finish for what comes later, perhaps on another thread
    /// @return how it goes on; null: `finish` is or will be told
    @Nullable Next run(Finish finish) throws InterruptedException;

    /// Told once.
    interface Finish {
        /// @param last computes how it goes on; on this thread
        void with(Callable<Next> last);
    }
}
