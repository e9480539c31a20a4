namespace SpotifyEtl.Local.Tests.AthenaSql;

/// <summary>
/// Statements with the results that Trino's documentation states, or that follow from its definition of what it only describes. Behind a statement stand
/// its rows, each after an equals sign, or after an exclamation mark what the refusal must name.
/// </summary>
internal static class DocumentedStatements
{
    public static IReadOnlyList<DocumentedStatement> All { get; } = [.. DocumentedStatement.Read(Values + Dates + Texts + Collections + Relations + Refused)];

    private const string Values = """

        SELECT 1, 2 + 3, 'a'
        = 1|5|a

        SELECT 7 / 2, -7 / 2, 7 % 4, -7 % 4, 7 / 2e0
        = 3|-3|3|-3|3.5

        SELECT 1 / 0
        ! Division by zero

        SELECT try(1 / 0), coalesce(try(8 / 0), 0)
        = NULL|0

        SELECT 1.0 / 3, 10.00 / 3, DECIMAL '1.10' * 2.5, 1.5 + 2
        = 0.3|3.33|2.750|3.5

        SELECT typeof(1), typeof(1.5), typeof(1e0), typeof('cat'), typeof(12345678901), typeof(true), typeof(NULL)
        = integer|decimal(2,1)|double|varchar(3)|bigint|boolean|unknown

        SELECT typeof(cos(2) + 1.5), typeof(sum(x)), typeof(avg(x)) FROM (VALUES 1, 2) t(x)
        = double|bigint|double

        SELECT truncate(1.75), truncate(-1.75), truncate(1.75, 1), truncate(12.345e0)
        = 1|-1|1.70|12.0

        SELECT round(2.5), round(-2.5), round(2.345, 2), round(1234, -2), round(2.5e0), round(1.005e0, 2)
        = 3|-3|2.350|1200|3.0|1.0

        SELECT ceil(1.2), floor(-1.2), ceiling(1.2e0), floor(3)
        = 2|-2|2.0|3

        SELECT infinity(), -infinity(), nan(), is_nan(nan()), is_infinite(infinity()), is_finite(1e0)
        = Infinity|-Infinity|NaN|true|true|true

        SELECT abs(-3), sign(-2.5), sqrt(16e0), cbrt(27e0), power(2, 10), mod(7, 3), exp(0), ln(1), log2(8), log10(1000), log(3, 9)
        = 3|-1|4.0|3.0|1024.0|1|1.0|0.0|3.0|3.0|2.0

        SELECT from_base('ff', 16), to_base(255, 16), width_bucket(3.14, 0, 4, 3), width_bucket(3, ARRAY[0e0, 2e0, 4e0])
        = 255|ff|3|2

        SELECT cosine_similarity(MAP(ARRAY['a'], ARRAY[1.0]), MAP(ARRAY['a'], ARRAY[2.0]))
        = 1.0

        SELECT bitwise_and(19, 25), bitwise_or(19, 25), bitwise_xor(19, 25), bitwise_not(-12), bitwise_not(19)
        = 17|27|10|11|-20

        SELECT bit_count(9, 64), bit_count(9, 8), bit_count(-7, 64), bit_count(-7, 8)
        = 2|2|62|6

        SELECT bitwise_left_shift(1, 2), bitwise_left_shift(5, 2), bitwise_right_shift(8, 3), bitwise_right_shift(-45, 64)
        = 4|20|1|0

        SELECT bitwise_right_shift_arithmetic(12, 64), bitwise_right_shift_arithmetic(-45, 64)
        = 0|-1

        SELECT greatest(1, 3, 2), greatest(1, NULL, 2), least('b', 'a'), least(NULL, 1)
        = 3|NULL|a|NULL

        SELECT NULL IS DISTINCT FROM NULL, 1 IS DISTINCT FROM NULL, NULL = NULL, 1 <> NULL
        = false|true|NULL|NULL

        SELECT 3 BETWEEN 2 AND 6, 2 BETWEEN NULL AND 6, 8 BETWEEN NULL AND 6, 'Paul' BETWEEN 'John' AND 'Ringo'
        = true|NULL|false|true

        SELECT 'South_America' LIKE 'South\_America' ESCAPE '\', 'Asia' LIKE 'A__A', 'Asia' LIKE 'A__a'
        = true|false|true

        SELECT if(1 > 2, 'a', 'b'), if(NULL, 1), nullif(3, 3), nullif(3, 4), coalesce(NULL, 2, 3)
        = b|NULL|NULL|3|2

        SELECT CASE 3 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END, CASE WHEN 1 = 2 THEN 'x' END
        = many|NULL

        SELECT CAST('12' AS integer) + 1, TRY_CAST('x' AS integer), TRY(CAST('x' AS bigint)), CAST(3 AS varchar) || '!'
        = 13|NULL|NULL|3!

        SELECT CAST('P332a' AS bigint)
        ! Cannot cast 'P332a' to BIGINT

        SELECT CAST(2.5 AS integer), CAST(-2.5 AS bigint), CAST(2.5e0 AS integer), CAST(1 AS boolean), CAST(true AS integer)
        = 3|-3|3|true|1

        SELECT CAST('abcdef' AS varchar(3)), CAST('ab' AS char(4)) || '|', length(CAST('ab' AS char(4)))
        = abc|ab  ||4

        SELECT 'abc' = 3
        ! Cannot apply operator: varchar

        SELECT format('%s%%', 123), format('%.5f', pi()), format('%03d', 8), format('%,.2f', 1234567.89)
        = 123%|3.14159|008|1,234,567.89

        SELECT format('%-7s,%7s', 'hello', 'world'), format('%2$s %3$s %1$s', 'a', 'b', 'c')
        = hello  ,  world|b c a

        SELECT format('%1$tA, %1$tB %1$te, %1$tY', date '2006-07-04')
        = Tuesday, July 4, 2006

        SELECT format_number(123456), format_number(1000000)
        = 123K|1M

        SELECT parse_data_size('1B'), parse_data_size('1kB'), parse_data_size('2.3MB')
        = 1|1024|2411724

        SELECT CAST(NULL AS json), CAST(1 AS json), CAST('text' AS json), CAST(true AS json), CAST(1.5e0 AS json)
        = NULL|1|"text"|true|1.5

        SELECT CAST(ARRAY[1, 23, 456] AS json), CAST(ARRAY[1, NULL, 456] AS json), CAST(ARRAY[ARRAY[1, 23], ARRAY[456]] AS json)
        = [1,23,456]|[1,null,456]|[[1,23],[456]]

        SELECT CAST(MAP(ARRAY['k1', 'k2', 'k3'], ARRAY[1, 23, 456]) AS json)
        = {"k1":1,"k2":23,"k3":456}

        SELECT CAST(CAST(ROW(123, 'abc', true) AS row(v1 bigint, v2 varchar, v3 boolean)) AS json)
        = {"v1":123,"v2":"abc","v3":true}

        SELECT CAST(json '[1,23,456]' AS array(integer)), CAST(json '[1,null,456]' AS array(integer)), CAST(json '{"k1":1,"k2":23}' AS map(varchar, integer))
        = [1, 23, 456]|[1, null, 456]|{k1=1, k2=23}

        SELECT CAST(json 'null' AS varchar), CAST(json '1' AS integer), CAST(json '"abc"' AS varchar), CAST(json 'true' AS boolean), CAST(json '1.234' AS double)
        = NULL|1|abc|true|1.234

        SELECT CAST(json '{"v1":123,"v2":"abc","v3":true}' AS row(v1 bigint, v2 varchar, v3 boolean)).v2
        = abc

        SELECT json_extract_scalar('[1, 2, 3]', '$[2]'), json_extract_scalar('{"store":{"book":"x"}}', '$.store.book'), json_extract_scalar('{"a":{}}', '$.a')
        = 3|x|NULL

        SELECT json_extract('{"a": [1, 2]}', '$.a'), json_format(json_parse('[1, 2]')), json_parse('{"b": 1, "a": 2}')
        = [1,2]|[1,2]|{"a":2,"b":1}

        SELECT json_array_contains('[1, 2, 3]', 2), json_array_get('["a", [3, 9], "c"]', 1), json_array_get('[1]', 10), json_array_length('[1, 2, 3]')
        = true|[3,9]|NULL|3

        SELECT json_size('{"x": {"a": 1, "b": 2}}', '$.x'), json_size('{"x": [1, 2, 3]}', '$.x'), json_size('{"x": {"a": 1, "b": 2}}', '$.x.a')
        = 2|3|0

        SELECT is_json_scalar('1'), is_json_scalar('[1, 2, 3]')
        = true|false

        SELECT json_parse('not json')
        ! Cannot convert value to JSON

        SELECT X'65683F', to_hex(X'ab'), from_hex('4A'), length(X'65683F')
        = 65 68 3f|AB|4a|3

        SELECT U&'Hello winter \2603 !', U&'Hello winter #2603 !' UESCAPE '#', U&'\+01F600'
        = Hello winter ☃ !|Hello winter ☃ !|😀

        SELECT to_utf8('abc'), from_utf8(to_utf8('äb')), to_base64(to_utf8('abc')), from_utf8(from_base64('YWJj')), to_base32(to_utf8('abc'))
        = 61 62 63|äb|YWJj|abc|MFRGG===

        SELECT to_hex(md5(to_utf8('abc'))), to_hex(sha1(to_utf8('abc'))), crc32(to_utf8('abc')), to_hex(xxhash64(to_utf8('abc')))
        = 900150983CD24FB0D6963F7D28E17F72|A9993E364706816ABA3E25717850C26C9CD0D89D|891568578|44BC2CF5AD770999

        SELECT to_hex(sha256(to_utf8('abc')))
        = BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD

        SELECT to_big_endian_64(258), from_big_endian_64(to_big_endian_64(258)), to_ieee754_64(1e0)
        = 00 00 00 00 00 00 01 02|258|3f f0 00 00 00 00 00 00

        """;

    private const string Dates = """

        SELECT date '2012-08-08' + interval '2' day, date '2012-08-08' - interval '2' day, typeof(date '2012-08-08' + interval '2' day)
        = 2012-08-10|2012-08-06|date

        SELECT time '01:00' + interval '3' hour, time '01:00' - interval '3' hour
        = 04:00:00.000|22:00:00.000

        SELECT timestamp '2012-08-08 01:00' + interval '29' hour, timestamp '2012-10-31 01:00' + interval '1' month, timestamp '2012-10-31 01:00' - interval '1' month
        = 2012-08-09 06:00:00.000|2012-11-30 01:00:00.000|2012-09-30 01:00:00.000

        SELECT interval '2' day + interval '3' hour, interval '3' year + interval '5' month, interval '2' day - interval '3' hour, interval '3' year - interval '5' month
        = 2 03:00:00.000|3-5|1 21:00:00.000|2-7

        SELECT timestamp '2012-10-31 01:00 UTC', timestamp '2012-10-31 01:00 UTC' AT TIME ZONE 'America/Los_Angeles'
        = 2012-10-31 01:00:00.000 UTC|2012-10-30 18:00:00.000 America/Los_Angeles

        SELECT at_timezone(timestamp '2022-11-01 16:08:07.321 UTC', 'America/Los_Angeles'), with_timezone(timestamp '2022-11-01 09:08:07.321', 'America/Los_Angeles')
        = 2022-11-01 09:08:07.321 America/Los_Angeles|2022-11-01 09:08:07.321 America/Los_Angeles

        SELECT timestamp '2012-10-31 01:00:00 +02:00', timestamp '2012-10-31 01:00:00 Europe/Berlin' = timestamp '2012-10-31 00:00:00 UTC'
        = 2012-10-31 01:00:00.000 +02:00|true

        SELECT date('2024-05-12'), last_day_of_month(date '2024-02-03'), last_day_of_month(timestamp '2023-02-03 10:00:00')
        = 2024-05-12|2024-02-29|2023-02-28

        SELECT from_iso8601_timestamp('2020-05-11'), from_iso8601_timestamp('2020-05-11T11:15:05'), from_iso8601_timestamp('2020-05-11T11:15:05.055+01:00')
        = 2020-05-11 00:00:00.000 UTC|2020-05-11 11:15:05.000 UTC|2020-05-11 11:15:05.055 +01:00

        SELECT from_iso8601_date('2020-05-11'), from_iso8601_date('2020-W10'), from_iso8601_date('2020-123')
        = 2020-05-11|2020-03-02|2020-05-02

        SELECT to_iso8601(date '2024-05-15'), to_iso8601(timestamp '2024-05-15 10:00:00.5'), to_iso8601(timestamp '2024-05-15 10:00:00 +02:00')
        = 2024-05-15|2024-05-15T10:00:00.500|2024-05-15T10:00:00.000+02:00

        SELECT from_unixtime(1617256617), from_unixtime(0, 'Asia/Tokyo'), from_unixtime(0, 5, 30), to_unixtime(timestamp '1970-01-01 00:00:01.500 UTC')
        = 2021-04-01 05:56:57.000 UTC|1970-01-01 09:00:00.000 Asia/Tokyo|1970-01-01 05:30:00.000 +05:30|1.5

        SELECT to_milliseconds(interval '1' day), to_milliseconds(parse_duration('42.8ms'))
        = 86400000|43

        SELECT date_trunc('millisecond', t), date_trunc('second', t), date_trunc('minute', t), date_trunc('hour', t) FROM (VALUES timestamp '2001-08-22 03:04:05.321') x(t)
        = 2001-08-22 03:04:05.321|2001-08-22 03:04:05.000|2001-08-22 03:04:00.000|2001-08-22 03:00:00.000

        SELECT date_trunc('day', t), date_trunc('week', t), date_trunc('month', t), date_trunc('quarter', t), date_trunc('year', t) FROM (VALUES timestamp '2001-08-22 03:04:05.321') x(t)
        = 2001-08-22 00:00:00.000|2001-08-20 00:00:00.000|2001-08-01 00:00:00.000|2001-07-01 00:00:00.000|2001-01-01 00:00:00.000

        SELECT date_trunc('month', date '2022-10-20'), typeof(date_trunc('month', date '2022-10-20'))
        = 2022-10-01|date

        SELECT date_trunc('hour', date '2022-10-20')
        ! 'hour' is not a valid DATE field

        SELECT date_add('second', 86, timestamp '2020-03-01 00:00:00'), date_add('hour', 9, timestamp '2020-03-01 00:00:00'), date_add('day', -1, timestamp '2020-03-01 00:00:00 UTC')
        = 2020-03-01 00:01:26.000|2020-03-01 09:00:00.000|2020-02-29 00:00:00.000 UTC

        SELECT date_add('month', 1, date '2024-01-31'), date_add('quarter', 1, date '2024-01-31'), date_add('week', 2, date '2024-01-01'), date_add('year', -1, date '2024-02-29')
        = 2024-02-29|2024-04-30|2024-01-15|2023-02-28

        SELECT date_diff('second', timestamp '2020-03-01 00:00:00', timestamp '2020-03-02 00:00:00'), date_diff('hour', timestamp '2020-03-01 00:00:00 UTC', timestamp '2020-03-02 00:00:00 UTC')
        = 86400|24

        SELECT date_diff('day', date '2020-03-01', date '2020-03-02'), date_diff('millisecond', timestamp '2020-06-01 12:30:45.000000', timestamp '2020-06-02 12:30:45.123456')
        = 1|86400123

        SELECT parse_duration('42.8ms'), parse_duration('3.81 d'), parse_duration('5m')
        = 0 00:00:00.043|3 19:26:24.000|0 00:05:00.000

        SELECT human_readable_seconds(96), human_readable_seconds(3762), human_readable_seconds(56363463)
        = 1 minute, 36 seconds|1 hour, 2 minutes, 42 seconds|93 weeks, 1 day, 8 hours, 31 minutes, 3 seconds

        SELECT date_format(timestamp '2022-10-20 05:10:00', '%m-%d-%Y %H'), date_parse('2022/10/20/05', '%Y/%m/%d/%H')
        = 10-20-2022 05|2022-10-20 05:00:00.000

        SELECT date_format(timestamp '2022-01-09 15:04:05.678', '%a %b %c %d %e %f %H %h %I %i %j'), date_format(timestamp '2022-01-09 05:04:05', '%k %l %M %m %p %r %S %s %T %W %Y %y %%')
        = Sun Jan 1 09 9 678000 15 03 03 04 009|5 5 January 01 AM 05:04:05 AM 05 05 05:04:05 Sunday 2022 22 %

        SELECT date_format(date '2021-01-03', '%x-%v'), date_parse('5 January 2024 3:04:05 PM', '%e %M %Y %r'), date_parse('69', '%y'), date_parse('70', '%y')
        = 2020-53|2024-01-05 15:04:05.000|2069-01-01 00:00:00.000|1970-01-01 00:00:00.000

        SELECT date_format(timestamp '2022-10-20 05:10:00', '%D')
        ! %D not supported in date format string

        SELECT format_datetime(timestamp '2001-08-22 03:04:05.321', 'yyyy-MM-dd HH:mm:ss.SSS'), parse_datetime('2001-08-22 03:04', 'yyyy-MM-dd HH:mm')
        = 2001-08-22 03:04:05.321|2001-08-22 03:04:00.000 UTC

        SELECT parse_datetime('22/Aug/2001:03:04:05 +0200', 'dd/MMM/yyyy:HH:mm:ss Z'), format_datetime(timestamp '2001-08-22 15:04:05 +02:00', 'EEEE h a ZZ')
        = 2001-08-22 03:04:05.000 +02:00|Wednesday 3 PM +02:00

        SELECT extract(YEAR FROM timestamp '2022-10-20 05:10:00'), extract(DOW FROM date '2022-10-20'), extract(TIMEZONE_HOUR FROM timestamp '2022-10-20 05:10:00 +05:30')
        = 2022|4|5

        SELECT year(d), quarter(d), month(d), week(d), day(d), day_of_week(d), day_of_year(d), year_of_week(d), yow(d) FROM (VALUES date '2021-01-03') t(d)
        = 2021|1|1|53|3|7|3|2020|2020

        SELECT hour(t), minute(t), second(t), millisecond(t) FROM (VALUES timestamp '2022-10-20 05:10:15.678') x(t)
        = 5|10|15|678

        SELECT timestamp '2020-06-10 15:55:23.383', timestamp '2020-06-10 15:55:23.383628', CAST(timestamp '2020-06-10 15:55:23.383628' AS timestamp(3)), date '2020-06-10'
        = 2020-06-10 15:55:23.383|2020-06-10 15:55:23.383628|2020-06-10 15:55:23.384|2020-06-10

        SELECT CAST(date '2020-06-10' AS timestamp), CAST(timestamp '2020-06-10 15:55:23' AS date), CAST('2020-06-10' AS date), CAST(date '2020-06-10' AS varchar)
        = 2020-06-10 00:00:00.000|2020-06-10|2020-06-10|2020-06-10

        SELECT date '2020-02-30'
        ! 2020-02-30

        """;

    private const string Texts = """

        SELECT 'a' || 'b', 'a' || NULL, concat('a', 'b', 'c'), concat('a', NULL), concat_ws('-', 'a', NULL, 'b'), concat_ws('-', ARRAY['x', 'y'])
        = ab|NULL|abc|NULL|a-b|x-y

        SELECT chr(65), codepoint('A'), length('añ😀'), reverse('añ😀'), upper('abc'), lower('ABC')
        = A|65|3|😀ña|ABC|abc

        SELECT hamming_distance('abc', 'abd'), levenshtein_distance('kitten', 'sitting'), soundex('CHYNA') = soundex('China'), luhn_check('79927398713'), luhn_check('79927398714')
        = 1|3|true|true|false

        SELECT lpad('7', 3, '0'), rpad('ab', 5, 'xy'), lpad('abcdef', 3, 'x')
        = 007|abxyx|abc

        SELECT lpad('7', 3, '')
        ! Padding string must not be empty

        SELECT position('c' IN 'abc'), strpos('abc', 'z'), strpos('abcabc', 'c', 2), strpos('abcabc', 'bc', -1)
        = 3|0|6|5

        SELECT replace('abcabc', 'b'), replace('abcabc', 'b', 'X'), split('a,b,,c', ','), split('a,b,c', ',', 2)
        = acac|aXcaXc|[a, b, , c]|[a, b,c]

        SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', 4), split_to_map('a:1;b:2', ';', ':'), split_to_multimap('a:1;b:2;a:3', ';', ':')
        = b|NULL|{a=1, b=2}|{a=[1, 3], b=[2]}

        SELECT split_to_map('a:1;a:2', ';', ':')
        ! Duplicate keys (a) are not allowed

        SELECT substr('abcdef', 2, 3), substr('abcdef', -2), substr('abcdef', 0), substr('abcdef', 0, 3), substring('abcdef', -3, 2), substring('abcdef' FROM 2 FOR 2)
        = bcd|ef|||de|bc

        SELECT translate('abcd', '', ''), translate('abcda', 'a', 'z'), translate('Palhoça', 'ç', 'c'), translate('abcd', 'b', U&'\+01F600'), translate('abcd', 'a', '')
        = abcd|zbcdz|Palhoca|a😀cd|bcd

        SELECT translate('abcd', 'a', 'zy'), translate('abcd', 'ac', 'z'), translate('abcd', 'aac', 'zq')
        = zbcd|zbd|zbd

        SELECT trim('  a '), trim('!' FROM '!foo!'), trim(LEADING FROM '  abcd'), trim(BOTH '$' FROM '$var$'), trim(TRAILING 'ER' FROM upper('worker'))
        = a|foo|abcd|var|WORK

        SELECT starts_with('abc', 'ab'), normalize(U&'e\0301', NFC) = U&'\00E9', normalize(U&'e\0301') = U&'\00E9'
        = true|true|true

        SELECT normalize('é', NFD) = U&'e\0301'
        ! normalize to NFD is not offered here

        SELECT regexp_count('1a 2b 14m', '\s*[a-z]+\s*'), regexp_extract_all('1a 2b 14m', '\d+'), regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2)
        = 3|[1, 2, 14]|[a, b, m]

        SELECT regexp_extract('1a 2b 14m', '\d+'), regexp_extract('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_extract('abc', '\d+'), regexp_like('1a 2b 14m', '\d+b')
        = 1|a|NULL|true

        SELECT regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b'), regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b', 12, 2)
        = 8|31

        SELECT regexp_replace('1a 2b 14m', '\d+[ab] '), regexp_replace('1a 2b 14m', '(\d+)([ab]) ', '3c$2 '), regexp_split('1a 2b 14m', '\s*[a-z]+\s*')
        = 14m|3ca 3cb 14m|[1, 2, 14, ]

        SELECT regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2])), regexp_replace('2020-05', '(?<y>\d+)-(?<m>\d+)', '${m}/${y}')
        = New York|05/2020

        SELECT url_extract_protocol('http://localhost:8080/req_path'), url_extract_protocol('ftp://path/file'), url_extract_port('http://localhost:8080/req_path')
        = http|ftp|8080

        SELECT url_extract_host(u), url_extract_path(u), url_extract_query(u), url_extract_fragment(u), url_extract_parameter(u, 'y') FROM (VALUES 'https://e.org/a/b?x=1&y=a%20b#top') t(u)
        = e.org|/a/b|x=1&y=a b|top|a b

        SELECT url_encode('a b&ü*'), url_decode('a+b%26%C3%BC')
        = a+b%26%C3%BC*|a b&ü

        """;

    private const string Collections = """

        SELECT ARRAY[1, 2] || ARRAY[3], ARRAY[1] || 2, 2 || ARRAY[1], concat(ARRAY[1], ARRAY[2], ARRAY[3])
        = [1, 2, 3]|[1, 2]|[2, 1]|[1, 2, 3]

        SELECT ARRAY[1, 1.2, 4], ARRAY[1, 1.2, 4][2], ARRAY[1, 2, NULL, -4, NULL]
        = [1.0, 1.2, 4.0]|1.2|[1, 2, null, -4, null]

        SELECT ARRAY[1, 2][3]
        ! Array subscript must be less than or equal to array length: 3 > 2

        SELECT ARRAY[1, 2][0]
        ! SQL array indices start at 1

        SELECT array_max(ARRAY[1, NULL, 3]), array_min(ARRAY[3, 1, 2]), array_max(ARRAY[1, 3]), array_max(CAST(ARRAY[] AS array(integer)))
        = NULL|1|3|NULL

        SELECT array_position(ARRAY[1, 2, 3], 2), array_position(ARRAY[1, 2, 3], 9), array_remove(ARRAY[1, 2, 1], 1), array_distinct(ARRAY[2, 1, 2, NULL, NULL])
        = 2|0|[2]|[2, 1, null]

        SELECT array_union(ARRAY[1, 2], ARRAY[2, 3]), array_intersect(ARRAY[1, 2, 2], ARRAY[2, 3]), array_except(ARRAY[1, 2], ARRAY[2]), arrays_overlap(ARRAY[1, 2], ARRAY[2, 3])
        = [1, 2, 3]|[2]|[1]|true

        SELECT arrays_overlap(ARRAY[1, NULL], ARRAY[2]), contains(ARRAY[1, 2], 2), contains(ARRAY[1, NULL], 2), cardinality(ARRAY[1, 2, NULL])
        = NULL|true|NULL|3

        SELECT array_join(ARRAY['a', NULL, 'b'], ', '), array_join(ARRAY[1, NULL, 2], '-', '?')
        = a, b|1-?-2

        SELECT array_sort(ARRAY[3, 2, NULL, 5]), array_sort(ARRAY[3, 2, 5, 1, 2], (x, y) -> IF(x < y, 1, IF(x = y, 0, -1)))
        = [2, 3, 5, null]|[5, 3, 2, 2, 1]

        SELECT array_sort(ARRAY[3, 2, null, 5, null, 1, 2], (x, y) -> CASE WHEN x IS NULL THEN -1 WHEN y IS NULL THEN 1 WHEN x < y THEN 1 WHEN x = y THEN 0 ELSE -1 END)
        = [null, null, 5, 3, 2, 2, 1]

        SELECT array_sort(ARRAY['a', 'abcd', 'abc'], (x, y) -> IF(length(x) < length(y), -1, IF(length(x) = length(y), 0, 1)))
        = [a, abc, abcd]

        SELECT combinations(ARRAY['foo', 'bar', 'baz'], 2), combinations(ARRAY[1, 2, 2], 2)
        = [[foo, bar], [foo, baz], [bar, baz]]|[[1, 2], [1, 2], [2, 2]]

        SELECT ngrams(ARRAY['foo', 'bar', 'baz', 'foo'], 2), ngrams(ARRAY['foo', 'bar', 'baz', 'foo'], 5), ngrams(ARRAY[1, 2, 3, 4], 2)
        = [[foo, bar], [bar, baz], [baz, foo]]|[[foo, bar, baz, foo]]|[[1, 2], [2, 3], [3, 4]]

        SELECT contains_sequence(ARRAY[1, 2, 3, 4], ARRAY[2, 3]), element_at(ARRAY[1, 2], -1), element_at(ARRAY[1, 2], 5), flatten(ARRAY[ARRAY[1], ARRAY[2, 3]])
        = true|2|NULL|[1, 2, 3]

        SELECT repeat('x', 3), reverse(ARRAY[1, 2, 3]), slice(ARRAY[1, 2, 3, 4], 2, 2), slice(ARRAY[1, 2, 3, 4], -2, 2), trim_array(ARRAY[1, 2, 3, 4], 1)
        = [x, x, x]|[3, 2, 1]|[2, 3]|[3, 4]|[1, 2, 3]

        SELECT sequence(1, 5), sequence(5, 1), sequence(1, 7, 2), sequence(date '2001-08-22', date '2001-08-24')
        = [1, 2, 3, 4, 5]|[5, 4, 3, 2, 1]|[1, 3, 5, 7]|[2001-08-22, 2001-08-23, 2001-08-24]

        SELECT sequence(date '2001-01-01', date '2001-04-01', interval '1' month), sequence(date '2001-01-01', date '2001-01-05', interval '2' day)
        = [2001-01-01, 2001-02-01, 2001-03-01, 2001-04-01]|[2001-01-01, 2001-01-03, 2001-01-05]

        SELECT sequence(timestamp '2001-08-22 00:00', timestamp '2001-08-22 02:00', interval '1' hour)
        = [2001-08-22 00:00:00.000, 2001-08-22 01:00:00.000, 2001-08-22 02:00:00.000]

        SELECT filter(ARRAY[5, -6, NULL, 7], x -> x > 0), filter(ARRAY[5, NULL, 7, NULL], x -> x IS NOT NULL)
        = [5, 7]|[5, 7]

        SELECT transform(ARRAY[5, 6], x -> x + 1), transform(ARRAY[5, NULL, 6], x -> coalesce(x, 0) + 1), transform(ARRAY['x', 'abc', 'z'], x -> x || '0')
        = [6, 7]|[6, 1, 7]|[x0, abc0, z0]

        SELECT transform(ARRAY[ARRAY[1, NULL, 2], ARRAY[3, NULL]], a -> filter(a, x -> x IS NOT NULL))
        = [[1, 2], [3]]

        SELECT reduce(ARRAY[5, 20, 50], 0, (s, x) -> s + x, s -> s), reduce(ARRAY[5, 20, NULL, 50], 0, (s, x) -> s + x, s -> s), reduce(ARRAY[5, 20, NULL, 50], 0, (s, x) -> s + coalesce(x, 0), s -> s)
        = 75|NULL|75

        SELECT reduce(ARRAY[5, 20, NULL, 50], 0, (s, x) -> IF(x IS NULL, s, s + x), s -> s), reduce(ARRAY[2147483647, 1], BIGINT '0', (s, x) -> s + x, s -> s)
        = 75|2147483648

        SELECT reduce(ARRAY[5, 6, 10, 20], CAST(ROW(0.0, 0) AS ROW(sum DOUBLE, count INTEGER)), (s, x) -> CAST(ROW(x + s.sum, s.count + 1) AS ROW(sum DOUBLE, count INTEGER)), s -> IF(s.count = 0, NULL, s.sum / s.count))
        = 10.25

        SELECT any_match(ARRAY[1, 2], x -> x > 1), all_match(ARRAY[1, 2], x -> x > 1), none_match(ARRAY[1, 2], x -> x > 5), any_match(ARRAY[1, NULL], x -> x > 1)
        = true|false|true|NULL

        SELECT numbers, transform(numbers, n -> n * n) FROM (VALUES (ARRAY[1, 2]), (ARRAY[3, 4])) AS t(numbers)
        = [1, 2]|[1, 4]
        = [3, 4]|[9, 16]

        SELECT xvalues, a, b, transform(xvalues, x -> a * x + b) FROM (VALUES (ARRAY[1, 2], 10, 5), (ARRAY[3, 4], 4, 2)) AS t(xvalues, a, b)
        = [1, 2]|10|5|[15, 25]
        = [3, 4]|4|2|[14, 18]

        SELECT zip_with(ARRAY[1, 2], ARRAY[3, 4], (x, y) -> x + y), zip_with(ARRAY['a', 'b', 'c'], ARRAY['d', 'e', 'f'], (x, y) -> concat(x, y)), zip_with(ARRAY['a'], ARRAY['d', null, 'f'], (x, y) -> coalesce(x, y))
        = [4, 6]|[ad, be, cf]|[a, null, f]

        SELECT cardinality(zip(ARRAY[1, 2], ARRAY['1b', null, '3b'])), zip(ARRAY[1, 2], ARRAY['1b', null, '3b'])[2][1], zip(ARRAY[1, 2], ARRAY['1b', null, '3b'])[3][2]
        = 3|2|3b

        SELECT MAP(ARRAY['key1', 'key2', 'key3'], ARRAY[2373, 3463, 45837]), MAP(ARRAY['key1', 'key2'], ARRAY['v1', NULL])
        = {key1=2373, key2=3463, key3=45837}|{key1=v1, key2=null}

        SELECT MAP(ARRAY['key1', 'key2'], ARRAY['v1', 'v2'])['key2'], element_at(MAP(ARRAY['a'], ARRAY[5]), 'z'), cardinality(MAP(ARRAY['a', 'b'], ARRAY[1, 2]))
        = v2|NULL|2

        SELECT MAP(ARRAY['a'], ARRAY[1])['z']
        ! Key not present in map: z

        SELECT MAP(ARRAY['a', 'a'], ARRAY[1, 2])
        ! Duplicate map keys (a) are not allowed

        SELECT map_from_entries(ARRAY[(1, 'x'), (2, 'y')]), multimap_from_entries(ARRAY[(1, 'x'), (2, 'y'), (1, 'z')]), cardinality(map_entries(MAP(ARRAY[1, 2], ARRAY['x', 'y'])))
        = {1=x, 2=y}|{1=[x, z], 2=[y]}|2

        SELECT map_concat(MAP(ARRAY[1, 2], ARRAY['a', 'b']), MAP(ARRAY[2, 3], ARRAY['c', 'd'])), map_keys(MAP(ARRAY[1, 2], ARRAY['a', 'b'])), map_values(MAP(ARRAY[1, 2], ARRAY['a', 'b']))
        = {1=a, 2=c, 3=d}|[1, 2]|[a, b]

        SELECT map_filter(MAP(ARRAY[10, 20, 30], ARRAY['a', NULL, 'c']), (k, v) -> v IS NOT NULL), map_filter(MAP(ARRAY['k1', 'k2', 'k3'], ARRAY[20, 3, 15]), (k, v) -> v > 10)
        = {10=a, 30=c}|{k1=20, k3=15}

        SELECT map_zip_with(MAP(ARRAY[1, 2, 3], ARRAY['a', 'b', 'c']), MAP(ARRAY[1, 2, 3], ARRAY['d', 'e', 'f']), (k, v1, v2) -> concat(v1, v2))
        = {1=ad, 2=be, 3=cf}

        SELECT map_zip_with(MAP(ARRAY['a', 'b', 'c'], ARRAY[1, 8, 27]), MAP(ARRAY['a', 'b', 'c'], ARRAY[1, 2, 3]), (k, v1, v2) -> k || CAST(v1 / v2 AS VARCHAR))
        = {a=a1, b=b4, c=c9}

        SELECT transform_keys(MAP(ARRAY[1, 2, 3], ARRAY['a', 'b', 'c']), (k, v) -> k + 1), transform_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> k || CAST(v AS VARCHAR))
        = {2=a, 3=b, 4=c}|{a1=1, b2=2}

        SELECT transform_keys(MAP(ARRAY[1, 2], ARRAY[1.0, 1.4]), (k, v) -> MAP(ARRAY[1, 2], ARRAY['one', 'two'])[k])
        = {one=1.0, two=1.4}

        SELECT transform_values(MAP(ARRAY[1, 2, 3], ARRAY[10, 20, 30]), (k, v) -> v + k), transform_values(MAP(ARRAY[1, 2], ARRAY[1.0, 1.4]), (k, v) -> MAP(ARRAY[1, 2], ARRAY['one', 'two'])[k] || '_' || CAST(v AS VARCHAR))
        = {1=11, 2=22, 3=33}|{1=one_1.0, 2=two_1.4}

        SELECT CAST(ROW(1, 2e0) AS ROW(x BIGINT, y DOUBLE)).x, ROW(1, 'b')[2], r.a FROM (SELECT CAST(ROW(7) AS ROW(a integer)) AS r) t
        = 1|b|7

        SELECT (1, 2) = (1, 2), ROW(1, 'a') IN (ROW(1, 'a'), ROW(2, 'b')), (2, 1) > (1, 9)
        = true|true|true

        """;

    private const string Relations = """

        SELECT x, count(*) FROM (VALUES 'a', 'b', 'a') t(x) GROUP BY x ORDER BY x
        = a|2
        = b|1

        SELECT array_agg(x ORDER BY y DESC), array_agg(x ORDER BY x, y) FROM (VALUES (1, 1), (2, 2), (3, 0)) t(x, y)
        = [2, 1, 3]|[1, 2, 3]

        SELECT species, count(*) FILTER (WHERE length > 4) AS count FROM (VALUES ('setosa', 1), ('virginica', 6), ('virginica', 5)) t(species, length) GROUP BY species ORDER BY species
        = setosa|0
        = virginica|2

        SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value) csv_value FROM (VALUES 'a', 'c', 'b') t(value)
        = a,b,c

        SELECT id, listagg(value, ',') WITHIN GROUP (ORDER BY o) csv_value FROM (VALUES (100, 1, 'a'), (200, 3, 'c'), (200, 2, 'b')) t(id, o, value) GROUP BY id ORDER BY id
        = 100|a
        = 200|b,c

        SELECT country, listagg(city, ',') WITHIN GROUP (ORDER BY population DESC) FILTER (WHERE population >= 10_000_000) megacities FROM (VALUES ('India', 'Bangalore', 13_700_000), ('India', 'Chennai', 12_200_000), ('India', 'Ranchi', 1_547_000), ('Austria', 'Vienna', 1_897_000)) t(country, city, population) GROUP BY country ORDER BY country
        = Austria|NULL
        = India|Bangalore,Chennai

        SELECT count(x), count_if(x > 1), sum(x), avg(x), min(x), max(x), bool_and(x > 0), bool_or(x > 2), every(x > 1) FROM (VALUES 1, 2, 3, NULL) t(x)
        = 3|2|6|2.0|1|3|true|true|false

        SELECT sum(x), avg(x), count(*) FROM (VALUES DECIMAL '1.10', DECIMAL '2.25') t(x)
        = 3.35|1.68|2

        SELECT sum(x), avg(x), max(x), array_agg(x), count(x) FROM (VALUES 1) t(x) WHERE false
        = NULL|NULL|NULL|NULL|0

        SELECT max(x, 2), min(x, 2), max_by(y, x), min_by(y, x), max_by(y, x, 2), min_by(y, x, 2) FROM (VALUES (3, 'c'), (1, 'a'), (2, 'b')) t(x, y)
        = [3, 2]|[1, 2]|c|a|[c, b]|[a, b]

        SELECT bitwise_and_agg(x), bitwise_or_agg(x), geometric_mean(x), approx_distinct(x), approx_percentile(x, 0.5) FROM (VALUES 2, 8, 2) t(x)
        = 0|10|3.1748021039363987|2|2

        SELECT map_agg(k, v), multimap_agg(k, v), histogram(k) FROM (VALUES ('a', 1), ('a', 2)) t(k, v)
        = {a=1}|{a=[1, 2]}|{a=2}

        SELECT map_union(m) FROM (VALUES MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2])) t(m)
        = {a=1, b=2}

        SELECT stddev(x), variance(x), stddev_pop(x), var_pop(x), corr(x, y), covar_pop(x, y), regr_slope(x, y), regr_intercept(x, y) FROM (VALUES (2e0, 1e0), (4e0, 2e0), (6e0, 3e0)) t(x, y)
        = 2.0|4.0|1.632993161855452|2.6666666666666665|1.0|1.3333333333333333|2.0|0.0

        SELECT x, rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x), row_number() OVER (ORDER BY x), ntile(2) OVER (ORDER BY x) FROM (VALUES 1, 1, 2) t(x) ORDER BY 4
        = 1|1|1|1|1
        = 1|1|1|2|1
        = 2|3|2|3|2

        SELECT x, cume_dist() OVER (ORDER BY x), percent_rank() OVER (ORDER BY x) FROM (VALUES 1, 2, 3, 4) t(x) ORDER BY x
        = 1|0.25|0.0
        = 2|0.5|0.3333333333333333
        = 3|0.75|0.6666666666666666
        = 4|1.0|1.0

        SELECT x, lag(x) OVER (ORDER BY x), lead(x, 1, 0) OVER (ORDER BY x), first_value(x) OVER (ORDER BY x), nth_value(x, 2) OVER (ORDER BY x), sum(x) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) t(x) ORDER BY x
        = 1|NULL|2|1|NULL|1
        = 2|1|3|1|2|3
        = 3|2|0|1|2|6

        SELECT x, last_value(y) IGNORE NULLS OVER (ORDER BY x), lag(y) IGNORE NULLS OVER (ORDER BY x) FROM (VALUES (1, 'a'), (2, NULL), (3, 'c')) t(x, y) ORDER BY x
        = 1|a|NULL
        = 2|a|a
        = 3|c|a

        SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 3) t(x) ORDER BY x
        = 1|1
        = 2|3
        = 3|5

        SELECT x FROM (VALUES 3, NULL, 1) t(x) ORDER BY x
        = 1
        = 3
        = NULL

        SELECT x FROM (VALUES 3, NULL, 1) t(x) ORDER BY x DESC
        = 3
        = 1
        = NULL

        SELECT x FROM (VALUES 3, NULL, 1) t(x) ORDER BY x NULLS FIRST OFFSET 1 LIMIT 1
        = 1

        SELECT x FROM (VALUES 1, 1, 2, 3) t(x) ORDER BY x FETCH FIRST 1 ROW WITH TIES
        = 1
        = 1

        SELECT x FROM (VALUES 1, 2, 3) t(x) ORDER BY x FETCH FIRST 2 ROWS ONLY
        = 1
        = 2

        SELECT a, b FROM (VALUES (1, 'x'), (2, 'y')) t(a, b) WHERE a IN (SELECT 2) AND EXISTS (SELECT 1)
        = 2|y

        SELECT 21 < ALL (VALUES 19, 20, 21), 42 >= SOME (SELECT 41 UNION ALL SELECT 42 UNION ALL SELECT 43), 'hello' = ANY (VALUES 'hello', 'world')
        = false|true|true

        SELECT animals, n FROM UNNEST(ARRAY['dog', 'cat', 'bird'], ARRAY[1, 2]) AS t(animals, n)
        = dog|1
        = cat|2
        = bird|NULL

        SELECT k, v FROM UNNEST(MAP(ARRAY['sql', 'rdb'], ARRAY['2003', 'x'])) AS t(k, v)
        = sql|2003
        = rdb|x

        SELECT name, age FROM UNNEST(ARRAY[ROW('Java', 1995), ROW('SQL', 1974)]) AS t(name, age)
        = Java|1995
        = SQL|1974

        SELECT numbers, n, a FROM (VALUES (ARRAY[2, 5]), (ARRAY[7])) AS x(numbers) CROSS JOIN UNNEST(numbers) WITH ORDINALITY AS t(n, a)
        = [2, 5]|2|1
        = [2, 5]|5|2
        = [7]|7|1

        SELECT id, n FROM (VALUES (1, ARRAY[1, 2]), (2, CAST(ARRAY[] AS array(integer)))) t(id, l) LEFT JOIN UNNEST(l) AS u(n) ON true ORDER BY id, n
        = 1|1
        = 1|2
        = 2|NULL

        WITH t(n) AS (VALUES 1, 2, 3) SELECT n, n * n FROM t WHERE n > 1
        = 2|4
        = 3|9

        WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t
        = 10

        SELECT origin, sum(w) FROM (VALUES ('A', 1), ('B', 2), ('A', 3)) t(origin, w) GROUP BY ROLLUP (origin) ORDER BY origin
        = A|4
        = B|2
        = NULL|6

        SELECT a, b, grouping(a, b), sum(c) FROM (VALUES ('x', 'y', 1)) t(a, b, c) GROUP BY GROUPING SETS ((a), (b)) ORDER BY 3
        = x|NULL|1|1
        = NULL|y|2|1

        SELECT * FROM (VALUES 13, 42) INTERSECT SELECT 13
        = 13

        SELECT * FROM (VALUES 13, 42) EXCEPT SELECT 13
        = 42

        SELECT DISTINCT x FROM (VALUES 1, 1, 2) t(x) ORDER BY x
        = 1
        = 2

        SELECT l.x, r.y FROM (VALUES 1, 2) l(x) LEFT JOIN (VALUES (2, 'b')) r(x, y) ON l.x = r.x ORDER BY 1
        = 1|NULL
        = 2|b

        SELECT x, l.y, r.z FROM (VALUES (1, 'a')) l(x, y) JOIN (VALUES (1, 'b')) r(x, z) USING (x)
        = 1|a|b

        """;

    private const string Refused = """

        SELECT checksum(x) FROM (VALUES 1) t(x)
        ! checksum

        SELECT list_transform(ARRAY[1], x -> x)
        ! transform(

        SELECT ifnull(NULL, 1)
        ! coalesce(

        SELECT json_value('{"a": 1}', 'lax $.a')
        ! JSON_VALUE is not offered here: write json_extract_scalar(

        SELECT word_stem('running')
        ! word_stem

        SELECT * FROM read_csv('/etc/passwd')
        ! read_csv

        SELECT nothing_like_it(1)
        ! nothing_like_it

        SELECT x.y FROM (VALUES 1) t(z)
        ! x.y

        """;
}
