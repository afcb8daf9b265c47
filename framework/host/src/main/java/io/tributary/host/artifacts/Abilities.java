package io.tributary.host.artifacts;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the accounts of a plugin can do, read from its classes without running them: the ability
/// interfaces that they name. A guess where a class inherits them from another library's.
final class Abilities {

    private static final String SPI = "io/tributary/spi/";

    private static final Set<String> KNOWN =
            Set.of(
                    "ChecksHealth",
                    "FetchesMedia",
                    "Follows",
                    "HoldsConnections",
                    "HostsDevices",
                    "OffersActions",
                    "ReceivesWebhooks",
                    "Reconciles",
                    "Sends",
                    "SendsSignals",
                    "ServesPages",
                    "SplitsText");

    private Abilities() {}

    static SortedSet<String> of(JarContents contents) {
        SortedSet<String> abilities = new TreeSet<>();
        for (PackedFile each : contents.all()) {
            if (each.name().endsWith(".class")) {
                collect(each, abilities);
            }
        }
        if (abilities.contains("Reconciles")) {
            // by its declaration; no class needs to name both
            abilities.add("Sends");
        }
        return abilities;
    }

    private static void collect(PackedFile file, SortedSet<String> abilities) {
        try {
            ClassModel model = ClassFile.of().parse(file.unpack());
            model.interfaces().forEach(each -> add(each.asInternalName(), abilities));
        } catch (Rejected | IllegalArgumentException noClass) {
            // what is no class can do nothing
            return;
        }
    }

    private static void add(String name, SortedSet<String> abilities) {
        if (name.startsWith(SPI) && KNOWN.contains(name.substring(SPI.length()))) {
            abilities.add(name.substring(SPI.length()));
        }
    }
}
