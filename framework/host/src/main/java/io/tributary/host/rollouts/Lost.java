package io.tributary.host.rollouts;

/// Somebody else changed what is wanted meanwhile: what was going to be written does not hold.
final class Lost extends Exception {

    private static final long serialVersionUID = 1L;

    Lost(String plugin) {
        super("another member changed plugin " + plugin + " meanwhile", null, false, false);
    }
}
