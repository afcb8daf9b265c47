package io.tributary.host.cluster;

/// What Hazelcast means when it does not start.
final class Refusals {

    private Refusals() {}

    /// Its messages are all there is to go by.
    static String text(Throwable refused, ClusterSettings settings) {
        // a wrong address is called a port in use as well, so it comes first
        if (said(refused, "Cannot assign requested address")) {
            return address(settings) + " is no address of this machine: correct cluster.bind";
        }
        if (said(refused, "already in use")) {
            return "the port %d of %s is taken: another member runs there, or give cluster.port another number"
                    .formatted(settings.port().number(), address(settings));
        }
        if (said(refused, "Node failed to start")) {
            return "the members of '%s' do not take this one: they run another version of the grid, or were configured otherwise; the log lines before say which"
                    .formatted(settings.name());
        }
        return "the grid does not start: " + refused.getClass().getSimpleName();
    }

    private static boolean said(Throwable refused, String words) {
        for (Throwable each = refused; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }

    private static String address(ClusterSettings settings) {
        return settings.bind().getHostAddress();
    }
}
