package io.tributary.host.outbound;

/// Leaves the way of a draft as soon as it is refused.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Posted.Refused refused;

    Refusal(Posted.Refused refused) {
        super(refused.getClass().getSimpleName(), null, false, false);
        this.refused = refused;
    }

    Posted.Refused refused() {
        return refused;
    }
}
