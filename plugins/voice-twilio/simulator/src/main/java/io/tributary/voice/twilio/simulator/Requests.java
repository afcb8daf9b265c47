package io.tributary.voice.twilio.simulator;

import io.tributary.twilio.simulator.Form;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What stands in Twilio's requests about calls. Thread safe.
final class Requests {

    private final String accountSid;
    private final InstantSource clock;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    Requests(String accountSid, InstantSource clock) {
        this.accountSid = accountSid;
        this.clock = clock;
    }

    /// What stands in every request about a call.
    Form about(Ring ring) {
        var form =
                Form.EMPTY
                        .with("CallSid", ring.sid())
                        .with("AccountSid", accountSid)
                        .with("From", ring.from())
                        .with("To", ring.to())
                        .with("Caller", ring.from())
                        .with("Called", ring.to())
                        .with("CallStatus", ring.status())
                        .with("Direction", ring.direction())
                        .with("ApiVersion", "2010-04-01")
                        .with("FromCity", "")
                        .with("FromCountry", "US")
                        .with("ToCountry", "US");
        for (var field : ring.more().entrySet()) {
            form = form.with(field.getKey(), field.getValue());
        }
        return form;
    }

    /// Progress of a call, counted from 0.
    Form progress(Ring ring, int seconds) {
        return counted(about(ring), ring.sid(), ring.status(), seconds);
    }

    /// Progress of a second leg.
    Form leg(Ring ring, String sid, String to, String status, int seconds) {
        var form =
                Form.EMPTY
                        .with("CallSid", sid)
                        .with("ParentCallSid", ring.sid())
                        .with("AccountSid", accountSid)
                        .with("From", ring.from())
                        .with("To", to)
                        .with("CallStatus", status)
                        .with("Direction", "outbound-dial")
                        .with("ApiVersion", "2010-04-01");
        return counted(form, sid, status, seconds);
    }

    private Form counted(Form form, String sid, String status, int seconds) {
        int count = counts.merge(sid, 1, Integer::sum) - 1;
        var counted =
                form.with("Timestamp", now())
                        .with("CallbackSource", "call-progress-events")
                        .with("SequenceNumber", Integer.toString(count));
        return status.equals("completed") || status.equals("busy") || status.equals("no-answer")
                ? counted.with("CallDuration", Integer.toString(seconds))
                        .with("Duration", "1")
                        .with("SipResponseCode", "200")
                : counted;
    }

    /// What stands in callbacks about recordings and words.
    Form bare(Ring ring) {
        return Form.EMPTY.with("CallSid", ring.sid()).with("AccountSid", accountSid);
    }

    /// As Twilio writes times.
    String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME
                .format(clock.instant().atOffset(ZoneOffset.UTC))
                .replace("GMT", "+0000");
    }
}
