package io.tributary.wearables.mqtt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where devices write and read: `{root}/{device}/{kind}`.
///
/// @param root what all of them begin with, such as `v1/acme`
record Topics(String root) {

    private static final int QOS_1 = 1;
    private static final int RETAINED_ALWAYS = 0;
    private static final int RETAINED_NEVER = 2;

    /// What stands for bytes that are no UTF-8: different names would be one.
    private static final char UNREADABLE = '\uFFFD';

    private static final String SHOW = "show";

    /// What devices write.
    enum Kind {
        OBS,
        ALERT,
        TAP,
        RECEIPT,
        STATUS;

        /// As it stands in topics, and as kind of events.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String word) {
            for (var kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /// Who wrote what sort of thing.
    record Origin(String device, Kind kind) {}

    /// All that devices write.
    List<Packet.Filter> filters() {
        return List.of(Kind.values()).stream().map(this::filter).toList();
    }

    /// Who is there: whoever subscribes to it again is told it again.
    List<Packet.Filter> presence() {
        return List.of(filter(Kind.STATUS));
    }

    /// Only a status may be retained: retained readings were read before.
    private Packet.Filter filter(Kind kind) {
        return new Packet.Filter(
                root + "/+/" + kind.word(),
                QOS_1,
                kind == Kind.STATUS ? RETAINED_ALWAYS : RETAINED_NEVER);
    }

    /// Empty: no device writes there.
    Optional<Origin> origin(String topic) {
        int end = topic.lastIndexOf('/');
        if (!topic.startsWith(root + "/") || end <= root.length()) {
            return Optional.empty();
        }
        var device = topic.substring(root.length() + 1, end);
        return isLevel(device) && device.indexOf(UNREADABLE) < 0
                ? Kind.of(topic.substring(end + 1)).map(kind -> new Origin(device, kind))
                : Optional.empty();
    }

    /// Where a device reads.
    String show(String device) {
        return root + "/" + device + "/" + SHOW;
    }

    /// Where a device answers.
    String answers(String device) {
        return root + "/" + device + "/" + Kind.TAP.word();
    }

    /// Whether that can be one level of a topic.
    static boolean isLevel(String device) {
        return !device.isEmpty()
                && device.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || c == 0);
    }
}
