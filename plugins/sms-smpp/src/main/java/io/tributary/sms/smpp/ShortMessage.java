package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an SMSC delivers: a `deliver_sm` (SMPP 3.4, 4.6.1) or a `data_sm` (4.7.1).
///
/// @param userData the message itself, its header included where it has one
/// @param parameters optional ones, by tag
record ShortMessage(
        NumberForm from,
        NumberForm to,
        int esmClass,
        int coding,
        Bytes userData,
        Map<Integer, Bytes> parameters) {

    private static final int TYPE = 0x3C;
    private static final int RECEIPT = 0x04;
    private static final int INTERMEDIATE = 0x20;
    private static final int WITH_HEADER = 0x40;

    /// @throws Malformed it is not what it says it is
    static ShortMessage of(int command, Bytes body) {
        return command == Pdu.DATA_SM ? ofDataSm(body) : ofDeliverSm(body);
    }

    private static ShortMessage ofDeliverSm(Bytes body) {
        var in = new BodyReader(body);
        in.text(); // service_type
        var from = new NumberForm(in.octet(), in.octet(), in.text());
        var to = new NumberForm(in.octet(), in.octet(), in.text());
        int esmClass = in.octet();
        in.octets(2); // protocol_id, priority_flag
        in.text(); // schedule_delivery_time
        in.text(); // validity_period
        in.octets(2); // registered_delivery, replace_if_present_flag
        int coding = in.octet();
        in.octet(); // sm_default_msg_id
        var said = in.octets(in.octet());
        var parameters = in.parameters();
        var octets = said.isEmpty() ? parameters.getOrDefault(Tags.MESSAGE_PAYLOAD, said) : said;
        return new ShortMessage(from, to, esmClass, coding, octets, parameters);
    }

    private static ShortMessage ofDataSm(Bytes body) {
        var in = new BodyReader(body);
        in.text(); // service_type
        var from = new NumberForm(in.octet(), in.octet(), in.text());
        var to = new NumberForm(in.octet(), in.octet(), in.text());
        int esmClass = in.octet();
        in.octet(); // registered_delivery
        int coding = in.octet();
        var parameters = in.parameters();
        var said = parameters.getOrDefault(Tags.MESSAGE_PAYLOAD, Bytes.EMPTY);
        return new ShortMessage(from, to, esmClass, coding, said, parameters);
    }

    /// Whether it tells of a message of ours. Some forget the class and only name the message and
    /// its state; others give what a customer says an id by the same parameter, without a state.
    boolean isReceipt() {
        int type = esmClass & TYPE;
        return type == RECEIPT
                || type == INTERMEDIATE
                || (parameters.containsKey(Tags.RECEIPTED_MESSAGE_ID) && Receipts.saysState(this));
    }

    /// @throws Malformed its header is broken
    UserData content() {
        return (esmClass & WITH_HEADER) == 0
                ? new UserData(userData, sar(), false)
                : UserData.withHeader(userData);
    }

    /// Which of several it is by its optional parameters; null: by them it is whole.
    private UserData.@Nullable Place sar() {
        var reference = parameters.get(Tags.SAR_MSG_REF_NUM);
        var total = parameters.get(Tags.SAR_TOTAL_SEGMENTS);
        var number = parameters.get(Tags.SAR_SEGMENT_SEQNUM);
        return reference == null || total == null || number == null
                ? null
                : UserData.Place.of("sar", value(reference), value(number), value(total));
    }

    private static int value(Bytes parameter) {
        int value = 0;
        for (int i = 0; i < Math.min(parameter.length(), 2); i++) {
            value = value * 0x100 + (parameter.at(i) & 0xFF);
        }
        return value;
    }

    /// Nothing of what it says.
    @Override
    public String toString() {
        return "ShortMessage[class " + esmClass + ", coding " + coding + ", " + userData + "]";
    }
}
