package io.tributary.host.objects;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// A page of what is in a bucket (Amazon S3 API Reference, ListObjectsV2).
///
/// @param next where the following page begins; null: there is none
public record Listing(List<Entry> entries, @Nullable String next) {

    /// An object.
    ///
    /// @param key without the bucket's prefix
    /// @param since when it was put, by the store's clock; [Instant#MAX] where it does not say
    public record Entry(String key, Instant since) {}

    public Listing {
        entries = List.copyOf(entries);
    }

    static Listing read(InputStream xml, String prefix) throws XMLStreamException {
        XMLStreamReader reader = factory().createXMLStreamReader(xml);
        List<Entry> entries = new ArrayList<>();
        String next = null;
        String key = "";
        Instant since = Instant.MAX;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "Key" -> key = reader.getElementText();
                    case "LastModified" -> since = Instant.parse(reader.getElementText());
                    case "NextContinuationToken" -> next = reader.getElementText();
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("Contents")) {
                if (key.startsWith(prefix)) {
                    entries.add(new Entry(key.substring(prefix.length()), since));
                }
                key = "";
                since = Instant.MAX;
            }
        }
        return new Listing(entries, next);
    }

    /// The JDK's own, whatever else is there; no entity leads out of the answer.
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
