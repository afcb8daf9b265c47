package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// A ZIP file that every reader reads in the same way: its entries follow each other from the first
/// byte, then their list, then one end, with nothing before, between or behind, and what the list
/// says of an entry is what the entry says of itself.
///
/// Looks at nothing but the structure; nothing is unpacked.
record StrictZip(List<PackedFile> files, Bytes comment, Bytes withoutComment) {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;

    private static final int UTF8 = 1 << 11;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int COMPRESSION_LEVEL = 0b110;

    /// The version of the format that brings zip64 is 4.5; encryption came even before.
    private static final int LATEST_FORMAT = 20;

    private static final int MOST_ENTRIES = 20_000;

    /// Jar marker, times, owners, alignment. Not among them: other sizes, other names, encryption.
    private static final Set<Integer> HARMLESS_EXTRAS =
            Set.of(0xCAFE, 0x5455, 0x5855, 0x7855, 0x7875, 0x000A, 0xA11E, 0xD935);

    /// What the list says of one entry.
    private record Listed(
            String name,
            Bytes rawName,
            int flags,
            int method,
            long crc,
            long packedSize,
            long size,
            int at) {}

    static StrictZip read(Bytes file) throws Rejected {
        var zip = new ZipBytes(file);
        ZipEnd end = ZipEnd.read(zip);
        List<Listed> listed = list(zip, end);
        listed.sort(Comparator.comparingInt(Listed::at));
        List<PackedFile> files = new ArrayList<>(listed.size());
        int due = 0;
        for (int i = 0; i < listed.size(); i++) {
            Listed each = listed.get(i);
            if (each.at != due) {
                throw gap(each.name);
            }
            due = i + 1 < listed.size() ? listed.get(i + 1).at : end.directoryAt();
            files.add(file(zip, each, due));
        }
        if (due != end.directoryAt()) {
            throw gap("its list of entries");
        }
        return new StrictZip(
                List.copyOf(files), end.comment(), file.slice(0, end.at() + ZipEnd.LENGTH - 2));
    }

    /// The digest of the file as it would be with an empty comment.
    String sha256() {
        return Digests.of(withoutComment, Bytes.wrap(new byte[2]));
    }

    private static List<Listed> list(ZipBytes zip, ZipEnd end) throws Rejected {
        if (end.entries() > MOST_ENTRIES) {
            throw new Rejected(
                    "it has "
                            + end.entries()
                            + " entries, of at most "
                            + MOST_ENTRIES
                            + "; leave out libraries that it does not need");
        }
        List<Listed> listed = new ArrayList<>(end.entries());
        var names = new EntryNames();
        int at = end.directoryAt();
        for (int i = 0; i < end.entries(); i++) {
            if (at + CENTRAL_LENGTH > end.at() || !zip.has(CENTRAL, at)) {
                throw new Rejected(ZipBytes.UNREADABLE);
            }
            Listed each = listed(zip, at, names);
            listed.add(each);
            at += CENTRAL_LENGTH + each.rawName.length() + zip.u16(at + 30);
        }
        if (at != end.at()) {
            throw gap("its list of entries");
        }
        return listed;
    }

    private static Listed listed(ZipBytes zip, int at, EntryNames names) throws Rejected {
        int flags = zip.u16(at + 8);
        Bytes raw = zip.slice(at + CENTRAL_LENGTH, zip.u16(at + 28));
        String name = names.take(raw, (flags & UTF8) != 0);
        refuseFormat(name, zip.u16(at + 6), flags, zip.u16(at + 10));
        refuseExtras(name, zip, at + CENTRAL_LENGTH + raw.length(), zip.u16(at + 30));
        if (zip.u16(at + 32) != 0) {
            throw new Rejected(
                    "its entry " + Words.shown(name) + " has a comment; build it again without");
        }
        refuseLinks(name, zip.u32(at + 38));
        long packed = zip.u32(at + 20);
        long size = zip.u32(at + 24);
        long begins = zip.u32(at + 42);
        if (zip.u16(at + 34) != 0 || packed > zip.length() || begins > zip.length()) {
            throw new Rejected(ZipBytes.UNREADABLE);
        }
        return new Listed(
                name, raw, flags, zip.u16(at + 10), zip.u32(at + 16), packed, size, (int) begins);
    }

    private static void refuseFormat(String name, int format, int flags, int method)
            throws Rejected {
        boolean known = (flags & ~(UTF8 | SIZES_FOLLOW | COMPRESSION_LEVEL)) == 0;
        boolean readable = method == 8 || (method == 0 && (flags & SIZES_FOLLOW) == 0);
        if (!known || !readable || (format & 0xFF) > LATEST_FORMAT) {
            throw new Rejected(
                    "its entry "
                            + Words.shown(name)
                            + " is encrypted or packed in an unusual way; jars are stored or"
                            + " deflated: build it again");
        }
    }

    private static void refuseExtras(String name, ZipBytes zip, int from, int length)
            throws Rejected {
        int at = from;
        int end = from + length;
        while (at < end) {
            int next = at + 4 > end ? end + 1 : at + 4 + zip.u16(at + 2);
            if (next > end || !HARMLESS_EXTRAS.contains(zip.u16(at))) {
                throw new Rejected(
                        "its entry "
                                + Words.shown(name)
                                + " has an extra field that could change its name or size; build it"
                                + " again with an ordinary jar tool");
            }
            at = next;
        }
    }

    /// By the Unix type of the entry: a file, a folder, or not said.
    private static void refuseLinks(String name, long attributes) throws Rejected {
        int type = (int) (attributes >>> 28);
        if (type != 0 && type != (name.endsWith("/") ? 0x4 : 0x8)) {
            throw new Rejected(
                    "its entry "
                            + Words.shown(name)
                            + " is a link or a device; jars hold files only");
        }
    }

    /// @param end where the next one begins
    private static PackedFile file(ZipBytes zip, Listed listed, int end) throws Rejected {
        int at = listed.at;
        if (!zip.has(LOCAL, at)
                || zip.u16(at + 6) != listed.flags
                || zip.u16(at + 8) != listed.method
                || !zip.slice(at + LOCAL_LENGTH, zip.u16(at + 26)).equals(listed.rawName)) {
            throw disagrees(listed);
        }
        refuseFormat(listed.name, zip.u16(at + 4), listed.flags, listed.method);
        boolean follow = (listed.flags & SIZES_FOLLOW) != 0;
        same(listed, zip.u32(at + 14), listed.crc, follow);
        same(listed, zip.u32(at + 18), listed.packedSize, follow);
        same(listed, zip.u32(at + 22), listed.size, follow);
        int extra = at + LOCAL_LENGTH + listed.rawName.length();
        refuseExtras(listed.name, zip, extra, zip.u16(at + 28));
        long content = (long) extra + zip.u16(at + 28);
        long behind = content + listed.packedSize;
        if (behind + (follow ? descriptor(zip, listed, (int) Math.min(behind, end), end) : 0)
                != end) {
            throw gap(listed.name);
        }
        return new PackedFile(
                listed.name,
                listed.method == 8,
                zip.slice(content, listed.packedSize),
                (int) Math.min(listed.size, Integer.MAX_VALUE),
                listed.crc);
    }

    /// Sizes that follow the content; how many bytes they take.
    private static int descriptor(ZipBytes zip, Listed listed, int at, int end) throws Rejected {
        int marked = end - at == 16 && zip.has(DESCRIPTOR, at) ? 4 : 0;
        same(listed, zip.u32(at + marked), listed.crc, false);
        same(listed, zip.u32(at + marked + 4), listed.packedSize, false);
        same(listed, zip.u32(at + marked + 8), listed.size, false);
        return marked + 12;
    }

    private static void same(Listed listed, long said, long expected, boolean mayBeZero)
            throws Rejected {
        if (said != expected && !(mayBeZero && said == 0)) {
            throw disagrees(listed);
        }
    }

    private static Rejected disagrees(Listed listed) {
        return new Rejected(
                "its list of entries and its entry "
                        + Words.shown(listed.name)
                        + " do not agree; copy it again, or build it again");
    }

    private static Rejected gap(String what) {
        return new Rejected(
                "there are bytes before "
                        + Words.shown(what)
                        + " that belong to nothing; build it"
                        + " again with an ordinary jar tool");
    }
}
