namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The functions of Athena's SQL (Trino) that DuckDB lacks, spells otherwise or computes otherwise. They are temporary macros, which come
/// before DuckDB's own functions of the same name; <c>system.main</c> reaches those.
/// </summary>
internal static class TrinoMacros
{
    /// <summary>Patterns of date_format and date_parse are MySQL's; strftime's differ. What %% stands for is put aside meanwhile.</summary>
    private const string Pattern =
        "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace("
        + "f, '%%', chr(1)), '%M', '%B'), '%i', '%M'), '%W', '%A'), '%v', '%V'), '%x', '%G'), '%s', '%S'), '%h', '%I'), '%c', '%-m'), '%e', '%-d'), "
        + "'%k', '%-H'), '%l', '%-I'), '%r', '%I:%M:%S %p'), '%T', '%H:%M:%S'), chr(1), '%%')";

    public const string Sql = $$"""
        -- Dates and times. cast_to_type hides from strptime that its format is computed, and gives back a date where a date went in.
        CREATE TEMP MACRO date_format(t, f) AS strftime(t, {{Pattern}});
        CREATE TEMP MACRO date_parse(s, f) AS strptime(s, cast_to_type({{Pattern}}, f));
        CREATE TEMP MACRO from_iso8601_timestamp(s) AS
          CAST(system.main.regexp_replace(s, '^(\d{4})(\d{2})(\d{2})(T(\d{2})(\d{2})(\d{2}))', '\1-\2-\3T\5:\6:\7') AS TIMESTAMPTZ);
        CREATE TEMP MACRO from_iso8601_date(s) AS CASE
          WHEN regexp_matches(s, '^\d{4}-W\d{2}$') THEN CAST(strptime(s || '-1', '%G-W%V-%u') AS DATE)
          WHEN regexp_matches(s, '^\d{4}-W\d{2}-\d$') THEN CAST(strptime(s, '%G-W%V-%u') AS DATE)
          WHEN regexp_matches(s, '^\d{4}-\d{3}$') THEN CAST(strptime(s, '%Y-%j') AS DATE)
          ELSE CAST(s AS DATE) END;
        CREATE TEMP MACRO to_iso8601(t) AS CASE WHEN typeof(t) = 'DATE' THEN strftime(t, '%Y-%m-%d')
          ELSE strftime(t, '%Y-%m-%dT%H:%M:%S.%g') || CASE WHEN typeof(t) = 'TIMESTAMP WITH TIME ZONE' THEN 'Z' ELSE '' END END;
        CREATE TEMP MACRO to_unixtime(t) AS epoch(t);
        CREATE TEMP MACRO from_unixtime(x) AS to_timestamp(x);
        CREATE TEMP MACRO date_diff(u, a, b) AS system.main.date_sub(u, a, b);
        CREATE TEMP MACRO date_trunc(u, t) AS cast_to_type(system.main.date_trunc(u, t), t);
        CREATE TEMP MACRO date_add(u, n, t) AS cast_to_type(t + CASE lower(u)
          WHEN 'millisecond' THEN to_milliseconds(n) WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n) WHEN 'hour' THEN to_hours(n)
          WHEN 'day' THEN to_days(CAST(n AS INTEGER)) WHEN 'week' THEN to_weeks(CAST(n AS INTEGER)) WHEN 'month' THEN to_months(CAST(n AS INTEGER))
          WHEN 'quarter' THEN to_months(3 * CAST(n AS INTEGER)) WHEN 'year' THEN to_years(CAST(n AS INTEGER))
          ELSE error('date_add: ' || u || ' is no unit') END, t);
        CREATE TEMP MACRO day_of_week(t) AS isodow(t);
        CREATE TEMP MACRO day_of_month(t) AS day(t);
        CREATE TEMP MACRO day_of_year(t) AS dayofyear(t);
        CREATE TEMP MACRO year_of_week(t) AS isoyear(t);
        CREATE TEMP MACRO at_timezone(t, z) AS timezone(z, t);

        -- Text. Trino replaces every match and gives null where DuckDB gives an empty string.
        CREATE TEMP MACRO regexp_like(s, p) AS regexp_matches(s, p);
        CREATE TEMP MACRO regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p) END,
          (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p, g) END;
        CREATE TEMP MACRO regexp_replace(s, p) AS system.main.regexp_replace(s, p, '', 'g'),
          (s, p, r) AS system.main.regexp_replace(s, p, system.main.regexp_replace(r, '\$(\d)', '\\\1', 'g'), 'g');
        CREATE TEMP MACRO regexp_split(s, p) AS regexp_split_to_array(s, p);
        CREATE TEMP MACRO split_part(s, d, i) AS CASE WHEN i <= len(string_split(s, d)) THEN system.main.split_part(s, d, i) END;
        CREATE TEMP MACRO levenshtein_distance(a, b) AS levenshtein(a, b);

        -- Arrays and maps.
        CREATE TEMP MACRO array_join(a, d) AS array_to_string(a, d),
          (a, d, n) AS array_to_string(list_transform(a, lambda x: coalesce(CAST(x AS VARCHAR), n)), d);
        CREATE TEMP MACRO array_max(a) AS list_max(a);
        CREATE TEMP MACRO array_min(a) AS list_min(a);
        CREATE TEMP MACRO cardinality(a) AS CASE
          WHEN a IS NULL THEN NULL
          WHEN json_type(to_json(a)) = 'ARRAY' THEN json_array_length(to_json(a))
          ELSE len(json_keys(to_json(a))) END;
        CREATE TEMP MACRO element_at(a, k) AS a[k];
        CREATE TEMP MACRO sequence(a, b) AS generate_series(a, b), (a, b, s) AS generate_series(a, b, s);
        CREATE TEMP MACRO slice(a, i, n) AS list_slice(a, i, i + n - 1);

        -- Aggregates.
        CREATE TEMP MACRO approx_distinct(x) AS approx_count_distinct(x), (x, e) AS approx_count_distinct(x);
        CREATE TEMP MACRO approx_percentile(x, p) AS approx_quantile(x, p);
        CREATE TEMP MACRO arbitrary(x) AS any_value(x);
        CREATE TEMP MACRO every(x) AS bool_and(x);
        CREATE TEMP MACRO map_agg(k, v) AS map(list(k), list(v));

        -- JSON and numbers.
        CREATE TEMP MACRO json_extract_scalar(j, p) AS CASE WHEN json_type(j, p) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string(j, p) END;
        CREATE TEMP MACRO json_parse(s) AS CAST(s AS JSON);
        CREATE TEMP MACRO json_format(j) AS CAST(j AS VARCHAR);
        CREATE TEMP MACRO rand() AS random();
        CREATE TEMP MACRO truncate(x) AS trunc(x);
        """;
}
