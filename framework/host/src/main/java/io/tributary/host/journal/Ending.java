package io.tributary.host.journal;

/// Waits for a journal's threads to end.
final class Ending {

    private Ending() {}

    /// Returns when the thread has ended, however often the caller is interrupted meanwhile.
    static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
