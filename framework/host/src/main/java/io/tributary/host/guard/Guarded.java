package io.tributary.host.guard;

/// A class loader of code that is guarded.
public interface Guarded {

    /// What is kept of how the code behaves.
    Conduct conduct();
}
