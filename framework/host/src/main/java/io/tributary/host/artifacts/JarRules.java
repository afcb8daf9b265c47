package io.tributary.host.artifacts;

import java.util.List;
import java.util.Locale;

/// What may be in a plugin's jar: unpacks every entry once, one at a time, and looks at it.
final class JarRules {

    private static final int MB = 1024 * 1024;
    private static final int MOST_UNPACKED = 64 * MB;
    private static final long MOST_UNPACKED_OF_ALL = 256L * MB;

    /// Text packs to a tenth; what packs to less than a two-hundredth is a bomb.
    private static final int STRONGEST_PACKING = 200;

    private static final List<String> SHARED =
            List.of(
                    "io/tributary/spi/",
                    "io/tributary/model/",
                    "io/tributary/json/",
                    "io/tributary/host/",
                    "org/slf4j/",
                    "org/jspecify/");
    private static final List<String> NATIVE = List.of(".so", ".dll", ".dylib", ".jnilib", ".exe");
    private static final List<String> ARCHIVES = List.of(".jar", ".war", ".ear", ".jmod", ".aar");
    private static final List<String> READMES = List.of("META-INF/README.md", "README.md");

    private static final int ELF = 0x7F454C46;
    private static final int ZIP = 0x504B0304;
    private static final int EMPTY_ZIP = 0x504B0506;
    private static final int CLASS_OR_FAT_MACH_O = 0xCAFEBABE;
    private static final List<Integer> MACH_O =
            List.of(0xFEEDFACE, 0xFEEDFACF, 0xCEFAEDFE, 0xCFFAEDFE, 0xCAFEBABF, 0xBEBAFECA);

    /// The first release of Java wrote 45; Mach-O for so many processors does not exist.
    private static final int FIRST_CLASS_FORMAT = 45;

    private JarRules() {}

    static void hold(JarContents contents) throws Rejected {
        long unpacked = 0;
        for (PackedFile each : contents.all()) {
            refuseBombs(each);
            unpacked += each.size();
            if (unpacked > MOST_UNPACKED_OF_ALL) {
                throw new Rejected(
                        "it unpacks to more than "
                                + MOST_UNPACKED_OF_ALL / MB
                                + " MB; leave out what it does not need");
            }
            refuseByName(each.name());
            refuseByContent(each.name(), each.unpack());
        }
        readme(contents);
    }

    static PackedFile readme(JarContents contents) throws Rejected {
        for (String name : READMES) {
            var found = contents.find(name).filter(each -> each.size() > 0);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new Rejected(
                "it has no README.md; put one into META-INF that says what the channel needs");
    }

    private static void refuseBombs(PackedFile file) throws Rejected {
        boolean bomb = file.size() > MB && file.size() / STRONGEST_PACKING > file.packed().length();
        if (bomb || file.size() > MOST_UNPACKED || (file.isFolder() && file.size() > 0)) {
            throw new Rejected(
                    "its entry "
                            + Words.shown(file.name())
                            + " unpacks to "
                            + file.size()
                            + " bytes, far more than an entry of its kind needs; leave it out");
        }
    }

    private static void refuseByName(String full) throws Rejected {
        String name = JarContents.base(full);
        for (String shared : SHARED) {
            if (name.startsWith(shared) && name.endsWith(".class")) {
                throw new Rejected(
                        "it contains "
                                + Words.shown(name)
                                + ", which the host provides; declare channel-spi with scope"
                                + " provided, and leave slf4j-api and jspecify out");
            }
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String suffix : NATIVE) {
            if (lower.endsWith(suffix) || lower.contains(suffix + ".")) {
                throw isNative(name);
            }
        }
        for (String suffix : ARCHIVES) {
            if (lower.endsWith(suffix)) {
                throw isArchive(name);
            }
        }
    }

    private static void refuseByContent(String name, byte[] content) throws Rejected {
        int magic = number(content, 0);
        if (magic == ELF || MACH_O.contains(magic) || isFat(magic, content) || isWindows(content)) {
            throw isNative(name);
        }
        if (magic == ZIP || magic == EMPTY_ZIP) {
            throw isArchive(name);
        }
    }

    private static boolean isFat(int magic, byte[] content) {
        int count = number(content, 4);
        return magic == CLASS_OR_FAT_MACH_O && count > 0 && count < FIRST_CLASS_FORMAT;
    }

    /// `MZ` alone may begin a text: its header also says where `PE` stands.
    private static boolean isWindows(byte[] content) {
        if (content.length < 0x40 || content[0] != 'M' || content[1] != 'Z') {
            return false;
        }
        int at = Integer.reverseBytes(number(content, 0x3C));
        return at >= 0 && at <= content.length - 4 && number(content, at) == 0x50450000;
    }

    private static int number(byte[] content, int at) {
        return content.length < at + 4
                ? 0
                : (content[at] & 0xFF) << 24
                        | (content[at + 1] & 0xFF) << 16
                        | (content[at + 2] & 0xFF) << 8
                        | (content[at + 3] & 0xFF);
    }

    private static Rejected isNative(String name) {
        return new Rejected(
                "it contains the native library "
                        + Words.shown(name)
                        + ", which cannot be taken out of memory again; use a pure Java library");
    }

    private static Rejected isArchive(String name) {
        return new Rejected(
                "it contains the archive "
                        + Words.shown(name)
                        + ", into which nobody looks; unpack what is needed of it into the jar");
    }
}
