package io.tributary.host.configuration;

import java.util.List;

/// The configuration cannot be used; every mistake at once, in the order of the file.
public final class Misconfigured extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public Misconfigured(List<Mistake> mistakes) {
        super(mistakes.size() + " mistakes in the configuration", null, false, false);
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
