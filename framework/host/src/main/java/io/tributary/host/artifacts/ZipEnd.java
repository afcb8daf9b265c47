package io.tributary.host.artifacts;

import io.tributary.model.Bytes;

/// The end record of a ZIP file: exactly one, at the very end, with the file's comment in it.
///
/// @param at where it begins
/// @param directoryAt where the list of entries begins; it ends where this record begins
record ZipEnd(int at, int entries, int directoryAt, Bytes comment) {

    static final int SIGNATURE = 0x06054b50;
    static final int LENGTH = 22;
    static final int LONGEST_COMMENT = 0xFFFF;

    static ZipEnd read(ZipBytes zip) throws Rejected {
        int at = find(zip);
        if (zip.u16(at + 4) != 0 || zip.u16(at + 6) != 0) {
            throw new Rejected("it is a part of a ZIP file in several parts; build it as one file");
        }
        int entries = zip.u16(at + 10);
        long size = zip.u32(at + 12);
        long directoryAt = zip.u32(at + 16);
        if (entries == 0xFFFF || size == 0xFFFFFFFFL || directoryAt == 0xFFFFFFFFL) {
            throw new Rejected(
                    "it is in the format for huge ZIP files (zip64), which no plugin needs; build it"
                            + " again without");
        }
        if (entries != zip.u16(at + 8) || directoryAt + size != at) {
            throw new Rejected(
                    "its list of entries is not where its end says; build it again with an"
                            + " ordinary jar tool");
        }
        return new ZipEnd(at, entries, (int) directoryAt, zip.slice(at + LENGTH, zip.u16(at + 20)));
    }

    /// Only one record may reach exactly to the end, and it must be the last: else two readers
    /// could see two different jars in the same bytes.
    private static int find(ZipBytes zip) throws Rejected {
        int found = -1;
        int last = zip.length() - LENGTH;
        for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (!zip.has(SIGNATURE, at)) {
                continue;
            }
            boolean reaches = at + LENGTH + zip.u16(at + 20) == zip.length();
            if (found < 0 && !reaches) {
                throw new Rejected("bytes follow its end; copy it again, or build it again");
            }
            if (found >= 0 && reaches) {
                throw new Rejected(
                        "it has two ends, so that it could be read in two ways;"
                                + " build it again");
            }
            found = found < 0 ? at : found;
        }
        if (found < 0) {
            throw new Rejected(ZipBytes.UNREADABLE);
        }
        return found;
    }
}
