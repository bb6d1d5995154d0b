import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Verifies one document again and again, from octets to "valid", the way the JDK does it best:
 * a parser that refuses DOCTYPE, secure validation, the key of a given certificate.
 *
 * <p>Usage: {@code VerifyRate WARM_UP_SECONDS (outer|seal CERTIFICATE FILE)...}. Warms each
 * document up, prints {@code ready}, then reads lines {@code NUMBER SECONDS} and answers each with
 * verifications a second of CPU time of the one thread that verifies: the JIT and the collector
 * run in others and are given for nothing.
 */
public final class VerifyRate {
    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final boolean seal;
    private final PublicKey key;
    private final byte[] document;

    private VerifyRate(String profile, String certificate, String file) throws Exception {
        this.seal = "seal".equals(profile);
        this.document = Files.readAllBytes(Path.of(file));
        try (InputStream stream = new FileInputStream(certificate)) {
            this.key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(stream).getPublicKey();
        }
    }

    public static void main(String[] arguments) throws Exception {
        double warmUp = Double.parseDouble(arguments[0]);
        VerifyRate[] candidates = new VerifyRate[(arguments.length - 1) / 3];
        for (int at = 0; at < candidates.length; at++) {
            candidates[at] = new VerifyRate(
                    arguments[3 * at + 1], arguments[3 * at + 2], arguments[3 * at + 3]);
            candidates[at].rate(warmUp);
        }
        System.out.println("ready");
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[0]);
            System.out.println(candidates[number].rate(Double.parseDouble(words[1])));
        }
    }

    /** Returns verifications a second of CPU time, over at least so many seconds of it. */
    private double rate(double seconds) throws Exception {
        long began = THREADS.getCurrentThreadCpuTime();
        long until = began + (long) (seconds * 1e9);
        long count = 0;
        while (THREADS.getCurrentThreadCpuTime() < until) {
            if (!isValid()) {
                throw new IllegalStateException("a document that must be valid is not");
            }
            count++;
        }
        return count * 1e9 / (THREADS.getCurrentThreadCpuTime() - began);
    }

    private boolean isValid() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document parsed = factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
        DOMValidateContext context = new DOMValidateContext(
                key, parsed.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0));
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        if (seal) {
            Element properties =
                    (Element) parsed.getElementsByTagNameNS(XADES, "SignedProperties").item(0);
            context.setIdAttributeNS(properties, null, "Id");
        }
        return XMLSignatureFactory.getInstance("DOM")
                .unmarshalXMLSignature(context).validate(context);
    }
}
