namespace SpotifyEtl.Local.Tests.AthenaSql.Functions;

/// <summary>Where DuckDB's functions of the same or a like name answer otherwise: nulls, empty values, places outside, characters, errors.</summary>
internal static class FunctionEdges
{
    public static IReadOnlyList<DocumentedStatement> All { get; } = [.. DocumentedStatement.Read(Statements)];

    private const string Statements = """

        SELECT regexp_replace(NULL, 'a'), substr(NULL, 1), array_join(NULL, ','), transform(NULL, x -> x), greatest(NULL, 1), date_format(NULL, '%Y'), json_extract(NULL, '$.a'), element_at(NULL, 1)
        = NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL

        SELECT substr('abcdef', -9, 5), substr('abcdef', 9, 5), substr('abcdef', 2, -1), substr('abcdef', 3, 9223372036854775807), substr('añ😀b', 3, 1)
        = |||cdef|😀

        SELECT replace('abc', '', '-'), strpos('abc', ''), strpos('aaaa', 'aa', -1), strpos('abcabc', 'bc', -3), split_part('abc', '', 2), split('', ',')
        = -a-b-c-|1|3|0|b|[]

        SELECT strpos('abc', 'b', 0)
        ! 'instance' must be a positive or negative number

        SELECT split('a', '')
        ! The delimiter may not be the empty string

        SELECT split_part('a,b', ',', 0)
        ! Index must be greater than zero

        SELECT lower('İÄẞ'), upper('ıßŉ'), length(trim(U&'\00A0a\2003')), rpad('ab', 0, 'x'), chr(128512), levenshtein_distance('ä', 'a')
        = iäß|Ißŉ|2||😀|1

        SELECT chr(-1)
        ! Not a valid Unicode code point: -1

        SELECT codepoint('ab')
        ! single character

        SELECT hamming_distance('a', 'ab')
        ! must have the same length

        SELECT luhn_check('12a')
        ! digits only

        SELECT from_utf8(X'FF61'), from_utf8(X'FF61', ''), from_utf8(X'FF61', '?'), to_hex(substr(X'010203', -2)), to_hex(reverse(X'0102')), to_hex(lpad(X'01', 3, X'FF'))
        = �a|a|?a|0203|0201|FFFF01

        SELECT from_hex('4')
        ! expected an even number of hex digits

        SELECT from_base64('*')
        ! Illegal base64

        SELECT typeof(lower('abc')), typeof(substr('abc', 1)), typeof(concat('a', 'b')), typeof(split('a', ',')), typeof(round(2.55, 1)), typeof(sum(2.5)), typeof(zip(ARRAY[1], ARRAY['a']))
        = varchar(3)|varchar(3)|varchar|array(varchar)|decimal(4,2)|decimal(38,1)|array(row(integer, varchar(1)))

        SELECT regexp_extract('abc', '(x)?b', 1), regexp_extract_all('a1b', '([a-z])(\d)?', 2), regexp_position('😀a', 'a'), regexp_split('abc', ''), regexp_like('aaa', 'a++a'), regexp_extract('x(a.b)', '\Q(a.b)\E')
        = NULL|[1, null]|2|[, a, b, c, ]|false|(a.b)

        SELECT regexp_extract('a', '(a)', 2)
        ! Pattern has 1 groups. Cannot access group 2

        SELECT regexp_replace('a', 'a', '$3')
        ! Illegal replacement sequence

        SELECT regexp_replace('a.b', '\.', '\$'), regexp_replace('abc', '(b)|(x)', '[$2]'), regexp_replace('aXb', '(?i)x', y -> '-')
        = a$b|a[]c|a-b

        SELECT regexp_like('a', '[')
        ! regular expression [

        SELECT regexp_like('a', '[a-z&&[^b]]')
        ! A class in a class

        SELECT date_parse('2024-02-30', '%Y-%m-%d')
        ! Value 30 for dayOfMonth must be in the range [1,29]

        SELECT date_parse('2024-02-01x', '%Y-%m-%d')
        ! malformed at "x"

        SELECT date_parse('2024-02', '%Y-%m-%d')
        ! too short

        SELECT format_datetime(timestamp '2001-08-22 03:04:05', 'b')
        ! Illegal pattern component: b

        SELECT with_timezone(timestamp '2022-11-01 09:08:07.321', 'Nowhere/Land')
        ! 'Nowhere/Land' is not a valid time zone

        SELECT date_add('day', 1, t), date_add('hour', 24, t), date_diff('day', t, date_add('hour', 23, t)), date_trunc('day', t), to_iso8601(t) FROM (VALUES timestamp '2020-03-28 12:00:00.000 Europe/Berlin') x(t)
        = 2020-03-29 12:00:00.000 Europe/Berlin|2020-03-29 13:00:00.000 Europe/Berlin|1|2020-03-28 00:00:00.000 Europe/Berlin|2020-03-28T12:00:00.000+01:00

        SELECT date_diff('month', date '2020-01-31', date '2020-02-29'), date_diff('month', date '2020-02-29', date '2020-01-31'), date_diff('year', date '2020-02-29', date '2021-02-28'), date_diff('minute', time '10:00:00', time '08:30:00')
        = 1|-1|1|-90

        SELECT date_trunc(u, timestamp '2001-08-22 03:04:05.321') FROM (VALUES 'year', 'HOUR', NULL) t(u)
        = 2001-01-01 00:00:00.000
        = 2001-08-22 03:00:00.000
        = NULL

        SELECT hour(interval '25' hour), day(interval '25' hour), minute(interval '-90' minute), month(interval '-5' month), timezone_minute(timestamp '2020-01-01 00:00:00 -03:30')
        = 1|1|-30|-5|-30

        SELECT from_unixtime(1.0005e0), to_unixtime(from_unixtime(-1.5)), from_unixtime(0, -5, -30), human_readable_seconds(0)
        = 1970-01-01 00:00:01.001 UTC|-1.5|1969-12-31 18:30:00.000 -05:30|0 seconds

        SELECT array_max(ARRAY[1e0, nan()]), array_min(ARRAY[1e0, nan()]), array_position(ARRAY[1, NULL], NULL), array_remove(ARRAY[1, NULL, 2], 1), array_sort(ARRAY['b', NULL, 'a'])
        = NaN|NaN|NULL|[null, 2]|[a, b, null]

        SELECT array_union(ARRAY[3, 1, NULL], ARRAY[1, NULL, 2]), array_intersect(ARRAY[3, NULL, 3], ARRAY[NULL, 3]), array_except(ARRAY[3, 1, NULL, 3], ARRAY[1]), arrays_overlap(ARRAY[NULL], ARRAY[NULL])
        = [3, 1, null, 2]|[3, null]|[3, null]|NULL

        SELECT slice(ARRAY[1, 2, 3], -9, 2), slice(ARRAY[1, 2, 3], 9, 2), slice(ARRAY[1, 2, 3], 2, 99), repeat(NULL, 2), combinations(ARRAY[1, 2], 0), combinations(ARRAY[1, 2], 3), flatten(ARRAY[ARRAY[1], NULL])
        = []|[]|[2, 3]|[null, null]|[[]]|[]|[1]

        SELECT slice(ARRAY[1], 0, 1)
        ! SQL array indices start at 1

        SELECT element_at(ARRAY[1], 0)
        ! SQL array indices start at 1

        SELECT trim_array(ARRAY[1], 2)
        ! size must not exceed array cardinality 1: 2

        SELECT sequence(1, 7, -2)
        ! sequence stop value should be

        SELECT sequence(1, 20000)
        ! must not have more than 10000 entries

        SELECT sequence(date '2001-01-01', date '2001-01-05', interval '1' hour)
        ! must be a day interval

        SELECT sequence(date '2001-01-31', date '2001-04-30', interval '1' month), sequence(timestamp '2001-01-31 10:00', timestamp '2001-03-31 10:00', interval '1' month)
        = [2001-01-31, 2001-02-28, 2001-03-31, 2001-04-30]|[2001-01-31 10:00:00.000, 2001-02-28 10:00:00.000, 2001-03-31 10:00:00.000]

        SELECT array_sort(ARRAY[3, 2], (x, y) -> x - y + 5)
        ! must return either -1, 0, or 1

        SELECT map(ARRAY[NULL, 1], ARRAY[2, 4])
        ! map key cannot be null

        SELECT map(ARRAY[1], ARRAY[2, 4])
        ! must be the same length

        SELECT transform_keys(MAP(ARRAY[1, 2], ARRAY[1, 2]), (k, v) -> 1)
        ! Duplicate keys (1) are not allowed

        SELECT reduce(ARRAY['a', 'b'], '', (s, x) -> s || x, s -> s), reduce(ARRAY[ARRAY[1, 2], ARRAY[3]], 0, (s, a) -> s + reduce(a, 0, (t, e) -> t + e, t -> t), s -> s)
        = ab|6

        SELECT filter(ARRAY[], x -> true), map_filter(MAP(ARRAY[], ARRAY[]), (k, v) -> true), transform_keys(MAP(ARRAY[], ARRAY[]), (k, v) -> k + 1), all_match(ARRAY[], x -> false), any_match(ARRAY[], x -> true)
        = []|{}|{}|true|false

        SELECT json_extract_scalar('{"a b": 1.50}', '$["a b"]'), json_extract_scalar('{"a": null}', '$.a'), json_extract('{"a": null}', '$.a'), json_extract('no', '$.a'), json_array_length('{}'), json_array_get('["a"]', -1)
        = 1.50|NULL|null|NULL|NULL|"a"

        SELECT json_extract('{}', '$.*')
        ! Invalid JSON path: '$.*'

        SELECT json_parse('{"b": 1, "a": [1.0, 1e3, "\u0041\n"], "b": 3}'), json_array_contains('[1.5, "x", true]', 1.5e0), json_array_contains('[1.5, "x", true]', 'x'), json_array_contains('[1]', 1e0)
        = {"a":[1.0,1000.0,"A\n"],"b":3}|true|true|false

        SELECT ln(0), ln(-1), sqrt(-1), power(-8, 0.5), mod(5.5e0, 0), acos(2), exp(1000), sign(-0e0), log10(0)
        = -Infinity|NaN|NaN|NaN|NaN|NaN|Infinity|-0.0|-Infinity

        SELECT mod(7, 0)
        ! Division by zero

        SELECT round(-1250, -2), round(1e300), round(nan(), 2), round(999.99, 1), round(555.55, -2), truncate(175.75, -1), ceil(0.99), floor(-0.5e0)
        = -1300|9.223372036854776E18|NaN|1000.00|600.00|170.00|1|-1.0

        SELECT from_base('zz', 36), to_base(-9223372036854775807 - 1, 16), bitwise_left_shift(TINYINT '64', 1), bitwise_right_shift(-8, 1), bitwise_left_shift(1, 64)
        = 1295|-8000000000000000|-128|2147483644|0

        SELECT from_base('9', 8)
        ! Not a valid base-8 number: 9

        SELECT bit_count(300, 8)
        ! cannot be represented with 8 bits

        SELECT width_bucket(3, 4, 4, 3)
        ! bounds cannot equal each other

        SELECT url_extract_host('https://a b'), url_extract_host('/rel'), url_extract_port('https://e.org/'), url_extract_parameter('https://e.org?x&y=', 'x'), url_extract_parameter('https://e.org?x', 'z'), url_extract_path('https://e.org/a%20b')
        = NULL||NULL||NULL|/a b

        SELECT url_decode('%zz')
        ! Illegal hex characters

        SELECT format('%+d % d %(d %08.2f|%-8.1f|%x %o %X', 5, 5, -5, -3.14159e0, 2.25, 255, 8, 255), format('%e %g %.1f %S %b %s %d', 12345.678, 0.00012345, 0.25e0, 'abc', true, NULL, NULL)
        = +5  5 (5) -0003.14|2.3     |ff 10 FF|1.234568e+04 0.000123450 0.3 ABC true null null

        SELECT format('%d', 1.5)
        ! IllegalFormatConversion: d != java.math.BigDecimal

        SELECT format('%s %s', 1)
        ! MissingFormatArgument

        SELECT format('%s', ARRAY[1])
        ! array(integer) has no text

        SELECT max_by(y, x), min_by(y, x), max_by(y, x, 2) FROM (VALUES (1, 'a'), (2, NULL), (NULL, 'z')) t(x, y)
        = NULL|a|[null, a]

        SELECT array_agg(x), count_if(x > 1), histogram(x), map_agg(x, x), listagg(CAST(x AS varchar), '-') WITHIN GROUP (ORDER BY x DESC) FROM (VALUES 2, NULL, 2, 1) t(x)
        = [2, null, 2, 1]|2|{1=1, 2=2}|{2=2, 1=1}|2-2-1

        SELECT sum(x) FROM (VALUES 9223372036854775807, 1) t(x)
        ! Out of range for bigint

        SELECT count(DISTINCT t), approx_distinct(t) FROM (VALUES timestamp '2020-01-01 10:00:00 +02:00', timestamp '2020-01-01 08:00:00 UTC') v(t)
        = 1|1

        SELECT contains(ARRAY[timestamp '2020-01-01 10:00:00 +02:00'], timestamp '2020-01-01 08:00:00 UTC')
        ! contains of timestamps with time zone

        SELECT sum(x) FILTER (WHERE x > 1), max_by(x, x) FILTER (WHERE x < 3), map_agg(x, x) FILTER (WHERE x > 2), count_if(x > 1) FILTER (WHERE x < 3), min(x, 2) FILTER (WHERE x > 1), avg(DISTINCT x) FROM (VALUES 1, 2, 3) t(x)
        = 5|2|{3=3}|1|[2, 3]|2.0

        SELECT map_agg(x, x) OVER (ORDER BY x), array_agg(x) OVER (ORDER BY x), avg(DECIMAL '1.5' * x) OVER (ORDER BY x), count(*) OVER () FROM (VALUES 1, 2) t(x)
        = {1=1}|[1]|1.5|2
        = {1=1, 2=2}|[1, 2]|2.3|2

        SELECT lag(x, -1) OVER (ORDER BY x) FROM (VALUES 1, 2) t(x)
        ! Offset must be at least 0

        SELECT approx_percentile(x, ARRAY[0.25, 0.75]), approx_percentile(x, 2.0, 0.5), entropy(x), kurtosis(x), skewness(x) FROM (VALUES 1, 2, 3, 10) t(x)
        = [1, 3]|2|1.5016144718101814|3.227999999999999|1.0182337649086284

        SELECT try(codepoint('ab')), try(split_part('a', ',', 0)), try(from_hex('x')), try(date_parse('x', '%Y')), try(element_at(ARRAY[1], 0)), try(json_parse('x'))
        = NULL|NULL|NULL|NULL|NULL|NULL

        """;
}
