package io.tributary.sms.smpp;

import java.util.Set;

/// Optional parameters that mean something here (SMPP 3.4, 5.3.2).
final class Tags {

    static final int RECEIPTED_MESSAGE_ID = 0x001E;
    static final int SAR_MSG_REF_NUM = 0x020C;
    static final int SAR_TOTAL_SEGMENTS = 0x020E;
    static final int SAR_SEGMENT_SEQNUM = 0x020F;
    static final int NETWORK_ERROR_CODE = 0x0423;
    static final int MESSAGE_PAYLOAD = 0x0424;
    static final int MESSAGE_STATE = 0x0427;

    /// Those that stand elsewhere in an interaction. What a customer says and has an id, too, keeps
    /// it beside it.
    static final Set<Integer> UNDERSTOOD =
            Set.of(
                    SAR_MSG_REF_NUM,
                    SAR_TOTAL_SEGMENTS,
                    SAR_SEGMENT_SEQNUM,
                    NETWORK_ERROR_CODE,
                    MESSAGE_PAYLOAD,
                    MESSAGE_STATE);

    private Tags() {}
}
