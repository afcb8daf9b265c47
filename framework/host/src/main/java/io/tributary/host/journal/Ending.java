package io.tributary.host.journal;

/// Waits for a journal's threads to end.
final class Ending {

    private Ending() {}

    /// Returns when the thread has ended, however often the caller is interrupted meanwhile.
    static void await(Thread thread) {
        await(thread, () -> {});
    }

    /// The same, and an interrupt is passed on: whoever waits has no time any more.
    static void await(Thread thread, Runnable hurry) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
                hurry.run();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
