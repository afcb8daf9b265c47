package io.tributary.testkit;

/// A plugin took longer than it may. The real host would interrupt it and, the second time that it
/// does not react, quarantine the plugin.
public final class DeadlineMissed extends AssertionError {

    private static final long serialVersionUID = 1;

    DeadlineMissed(String message) {
        super(message);
    }
}
