import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counts the words of its arguments, and exercises the class library and the collector. It has no standard input. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String argument : arguments) {
            for (String word : argument.split("[^a-zA-Z]+")) {
                counts.merge(word.toLowerCase(), 1, (a, b) -> a + b);
            }
        }
        counts.forEach((word, count) -> System.out.println(word + " " + count));
        numbers();
        objects();
        files();
        exceptions();
        System.err.println("done");
    }

    private static void numbers() {
        BigInteger factorial = BigInteger.ONE;
        for (int i = 2; i <= 200; i++) {
            factorial = factorial.multiply(BigInteger.valueOf(i));
        }
        System.out.println(factorial + " " + factorial.mod(BigInteger.valueOf(1_000_003)));
        System.out.println(BigDecimal.ONE.divide(new BigDecimal("7.3"), new MathContext(60)));
        for (double value : new double[] {0.1 + 0.2, -0.0, Math.PI, 1.0 / 3, 5e-324, 123456789.125}) {
            System.out.println(value + " " + (float) value + " " + (long) value + " " + (int) value);
        }
        System.out.println((Long.MIN_VALUE + 1) / -7 + " " + -17 % 5 + " " + (-7 >> 1) + " " + (-7 >>> 28));
        System.out.println(String.format("%5d|%s|%x|%-6s|", 12, "text", 255, "left"));
    }

    private static void objects() {
        List<int[]> kept = new ArrayList<>();
        Map<Integer, String> strings = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            int[] some = new int[16];
            some[i % 16] = i;
            if (i % 1000 == 0) {
                kept.add(some);
            }
            strings.put(i % 777, "string " + i);
        }
        System.out.println(kept.stream().mapToInt(some -> IntStream.of(some).sum()).sum() + " " + strings.get(5));
        System.out.println(IntStream.rangeClosed(1, 30)
                .mapToObj(i -> i % 15 == 0 ? "FizzBuzz" : i % 5 == 0 ? "Buzz" : i % 3 == 0 ? "Fizz" : "" + i)
                .collect(Collectors.joining(" ")));
    }

    private static void files() throws IOException {
        File file = new File("/notes.txt");
        try (Writer writer = new FileWriter(file)) {
            writer.write("Grüße\nfrom a file\n");
        }
        try (BufferedReader reader = new BufferedReader(new FileReader(file))) {
            System.out.println(reader.readLine() + "|" + reader.readLine() + "|" + reader.readLine());
        }
        System.out.println(file.length() + " " + Arrays.toString(new File("/").list()) + " " + file.delete() + file.exists());
    }

    private static void exceptions() {
        for (int i = 0; i < 3; i++) {
            try {
                System.out.println(i == 0 ? (Object) Integer.parseInt("seven") : i == 1 ? new int[2][3][i].length : List.of(1).get(i));
            } catch (NumberFormatException e) {
                System.out.println("caught " + e.getClass().getName());
            } catch (RuntimeException e) {
                System.out.println("caught another " + e.getClass().getName());
            } finally {
                System.out.println("finally " + i);
            }
        }
    }
}
