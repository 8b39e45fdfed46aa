import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An agency's system that reads its queue, on nothing but a JDK (8 or newer) and RabbitMQ's client.
 *
 * LIANDONG_URL, LIANDONG_API_KEY (or LIANDONG_LOGIN and LIANDONG_PASSWORD), AGENCY_QUEUE (amqp://…), QUEUE (agency.code),
 * PLACES (a file). It prints a line an event; with --once it ends when nothing comes any more.
 *
 * The contract, whole: a message says where it stands (epoch, position) and what stood before it for this agency (prev).
 * Lower than the own place: a duplicate. prev higher than the own place: something is missing, read it from the feed. It
 * is acknowledged after its effect and its place are kept.
 */
public final class QueueReader {
    private static final class Message {
        final long tag;
        final AMQP.BasicProperties told;
        final String body;

        Message(long tag, AMQP.BasicProperties told, byte[] body) {
            this.tag = tag;
            this.told = told;
            this.body = new String(body, StandardCharsets.UTF_8);
        }
    }

    private final Feed feed;
    private final Places places;
    private final PrintStream out;

    private QueueReader(Feed feed, Places places) throws IOException {
        this.feed = feed;
        this.places = places;
        this.out = new PrintStream(System.out, true, "UTF-8");
    }

    public static void main(String[] words) throws Exception {
        boolean once = words.length > 0 && words[0].equals("--once");
        String key = System.getenv("LIANDONG_API_KEY");
        String login = key != null ? "{\"api_key\": " + Json.quote(key) + "}"
            : "{\"login\": " + Json.quote(System.getenv("LIANDONG_LOGIN")) + ", \"password\": "
                + Json.quote(System.getenv("LIANDONG_PASSWORD")) + "}";
        QueueReader reader = new QueueReader(new Feed(System.getenv("LIANDONG_URL"), login),
                                             new Places(Paths.get(System.getenv("PLACES"))));
        for (int failures = 0; ; failures++) {
            try {
                reader.session(System.getenv("AGENCY_QUEUE"), System.getenv("QUEUE"), once);
                return;
            } catch (IOException lost) {
                if (once && failures == 3) {
                    throw lost;
                }
                System.err.println(lost);
                Thread.sleep(Math.min(30_000, 500L << Math.min(failures, 6)));
            }
        }
    }

    /** One connection's life. */
    private void session(String url, String queue, boolean once) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url);
        if (factory.isSSL()) {                              // left alone, the client trusts whoever answers
            factory.useSslProtocol(SSLContext.getDefault());
            factory.setSocketConfigurator(QueueReader::ofThatHost);
        }
        factory.setAutomaticRecoveryEnabled(false);         // a new session begins from the kept place
        // by name: left alone, the client looks its number up and the certificate would have to be for that
        AddressResolver host = () -> Collections.singletonList(new Address(factory.getHost(), factory.getPort()));
        try (Connection connection = factory.newConnection((ExecutorService) null, host, "QueueReader " + queue)) {
            Channel channel = connection.createChannel();
            channel.queueDeclarePassive(queue);             // its user may not make one
            channel.basicQos(100);
            final BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();
            channel.basicConsume(queue, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties told, byte[] body) {
                    arrived.add(new Message(envelope.getDeliveryTag(), told, body));
                }
            });
            for (int idle = 0; connection.isOpen() && !(once && idle > 2); ) {
                Message message = arrived.poll(1, TimeUnit.SECONDS);
                idle = message == null ? idle + 1 : 0;
                if (message != null) {
                    take(message);
                    channel.basicAck(message.tag, false);
                }
            }
            if (!connection.isOpen()) {
                throw new IOException("the broker has closed the connection");
            }
        }
    }

    /** The certificate must be that of the host asked for, as with https. */
    private static void ofThatHost(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        SSLSocket secure = (SSLSocket) socket;
        SSLParameters wanted = secure.getSSLParameters();
        wanted.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(wanted);
    }

    private void take(Message message) throws IOException {
        Map<String, Object> headers = message.told.getHeaders();
        Map<String, Object> event = Json.object(message.body);
        String source = source(event);
        String epoch = headers.get("epoch").toString();
        long position = ((Number) headers.get("position")).longValue();
        long prev = ((Number) headers.get("prev")).longValue();
        if (!places.epoch(source).isEmpty() && !places.epoch(source).equals(epoch)) {
            fill(source);       // 410 where the feed too has a new epoch: then it is for people to reconcile
        } else if (position > places.position(source)) {
            if (prev > places.position(source)) {
                fill(source);
            }
            handle(source, epoch, position, event);
        }
    }

    /** What the queue lacks, from the feed. */
    private void fill(String source) throws IOException {
        for (boolean more = true; more; ) {
            Feed.Page page = feed.read(source, places.mark(source));
            for (String line : page.items) {
                Map<String, Object> item = Json.object(line);
                handle(source, (String) item.get("epoch"), ((Number) item.get("position")).longValue(),
                       Json.object((String) item.get("body")));
            }
            more = page.more;
        }
    }

    /** The effect, then the place: after a crash between both it comes again, so the effect must bear that. */
    private void handle(String source, String epoch, long position, Map<String, Object> event) throws IOException {
        if (position > places.position(source)) {
            String[] type = ((String) event.get("type")).split("\\.");
            out.println(source + " " + position + " " + type[2] + " " + event.getOrDefault("subject", ""));
            places.reached(source, epoch, position);
        }
    }

    private static String source(Map<String, Object> event) {
        return ((String) event.get("type")).split("\\.")[1];
    }
}
