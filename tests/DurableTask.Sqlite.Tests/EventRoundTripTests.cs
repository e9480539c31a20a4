using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite.Events;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DurableTask.Sqlite.Tests;

/// <summary>Every event of the framework, with every member of its data contract set, is read back as it was written.</summary>
public sealed class EventRoundTripTests
{
    public static TheoryData<Type> EventTypes { get; } = [.. HistoryEvent.KnownTypes()];

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Every_member_of_an_event_is_read_back(Type type)
    {
        var written = (HistoryEvent)Fill(type, new Values(1))!;

        var read = Assert.Single(EventJson.ReadEvents(EventJson.WriteEvents([written])));
        var carried = EventJson.ReadMessage(EventJson.WriteMessage(new TaskMessage { Event = written }));

        Assert.IsType(type, read);
        Assert.Equal(Describe(written), Describe(read));
        Assert.Equal(Describe(written), Describe(carried.Event));
        Assert.DoesNotContain("(null)", Describe(written), StringComparison.Ordinal);
    }

    [Property]
    public void Any_values_are_read_back(int seed)
    {
        List<HistoryEvent> written = [.. HistoryEvent.KnownTypes().Select((type, i) => (HistoryEvent)Fill(type, new Values(seed + i))!)];

        var read = EventJson.ReadEvents(EventJson.WriteEvents(written));

        Assert.Equal(written.Select(Describe), read.Select(Describe));
    }

    [Property]
    public void Any_text_is_read_back(string? text)
    {
        var read = (EventRaisedEvent)EventJson.ReadEvents(EventJson.WriteEvents([new EventRaisedEvent(3, text) { Name = text }])).Single();

        Assert.Equal((text, text), (read.Name, read.Input));
    }

    [Fact]
    public void A_message_keeps_its_instance_number_and_tags()
    {
        var written = (TaskMessage)Fill(typeof(TaskMessage), new Values(1))!;

        Assert.Equal(Describe(written), Describe(EventJson.ReadMessage(EventJson.WriteMessage(written))));
    }

    [Fact]
    public void Properties_of_a_failure_are_read_back_as_plain_values()
    {
        FailureDetails inner = new("Inner", "inner", null, null, false, new Dictionary<string, object?> { ["deep"] = true });
        FailureDetails written = new("Type", "message", "stack", inner, isNonRetriable: true, new Dictionary<string, object?>
        {
            ["text"] = "2026-01-01T00:00:00Z",
            ["number"] = 42L,
            ["share"] = 0.5,
            ["none"] = null,
            ["list"] = new List<object?> { 1L, "two" },
            ["map"] = new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["b"] = false } },
        });

        var read = ((TaskFailedEvent)EventJson.ReadEvents(EventJson.WriteEvents([new TaskFailedEvent(1, 2, "r", "d", written)])).Single()).FailureDetails!;

        Assert.Equal(Describe(written), Describe(read));
        Assert.IsType<Dictionary<string, object?>>(read.Properties!["map"]);
        Assert.True((bool)read.InnerFailure!.Properties!["deep"]!);
    }

    [Fact]
    public void No_other_class_is_made_from_a_name_in_a_file()
    {
        Assert.ThrowsAny<Newtonsoft.Json.JsonException>(() =>
            EventJson.ReadEvents("""[{"$type":"System.IO.FileInfo, System.Private.CoreLib","fileName":"x"}]"""));
    }

    private static object? Fill(Type type, Values values)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (values.Make(type) is { } value)
        {
            return value;
        }

        if (type == typeof(HistoryEvent))
        {
            return Fill(typeof(ExecutionStartedEvent), values);
        }

        if (typeof(IDictionary<string, string>).IsAssignableFrom(type))
        {
            return new Dictionary<string, string> { [values.Text()] = values.Text(), ["$type"] = values.Text() };
        }

        if (type == typeof(FailureDetails))
        {
            return new FailureDetails(
                values.Text(),
                values.Text(),
                values.Text(),
                values.Depth++ < 2 ? (FailureDetails?)Fill(type, values) : new FailureDetails(values.Text(), values.Text(), values.Text(), null, true),
                true,
                new Dictionary<string, object?> { [values.Text()] = values.Text() });
        }

        var filled = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in Members(type))
        {
            if (member is FieldInfo field)
            {
                field.SetValue(filled, Fill(field.FieldType, values));
            }
            else if (((PropertyInfo)member).DeclaringType!.GetProperty(member.Name)!.GetSetMethod(nonPublic: true) is { } setter
                && member.Name != nameof(HistoryEvent.EventType))
            {
                setter.Invoke(filled, [Fill(((PropertyInfo)member).PropertyType, values)]);
            }
        }

        return filled;
    }

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
        .Where(member => member.GetCustomAttribute<DataMemberAttribute>() is not null || (type == typeof(FailureDetails) && member is PropertyInfo));

    private static string Describe(object? value) => value switch
    {
        null => "(null)",
        string text => $"\"{text}\"",
        DateTime time => $"{time:O} {time.Kind}",
        IDictionary map => "{" + string.Join(", ", map.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}: {Describe(map[key])}")) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Describe)) + "]",
        DistributedTraceContext or FailureDetails => DescribeMembers(value),
        _ when value.GetType().Namespace!.StartsWith("DurableTask", StringComparison.Ordinal) && !value.GetType().IsEnum => DescribeMembers(value),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string DescribeMembers(object value) => value is FailureDetails { InnerFailure: null } failure
        ? $"{failure.ErrorType}|{failure.ErrorMessage}|{failure.StackTrace}|{failure.IsNonRetriable}"
        : value.GetType().Name + "(" + string.Join(", ", Members(value.GetType()).OrderBy(member => member.Name, StringComparer.Ordinal).Select(member =>
            $"{member.Name}: {Describe(member is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)member).GetValue(value))}")) + ")";

    private sealed class Values(int seed)
    {
        private int _next = seed;

        public int Depth { get; set; }

        public string Text() => $"text {_next++} \u00e4\"\\ \u2028\U0001F3B5";

        public object? Make(Type type)
        {
            if (type == typeof(string))
            {
                return Text();
            }

            if (type == typeof(int))
            {
                return _next++;
            }

            if (type == typeof(long))
            {
                return _next++ * 5_000_000_000L;
            }

            if (type == typeof(bool))
            {
                return true;
            }

            if (type == typeof(DateTime))
            {
                return new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(Math.Abs((long)_next++) * 1_234_567);
            }

            if (type == typeof(DateTimeOffset))
            {
                return new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddTicks(Math.Abs((long)_next++));
            }

            return type.IsEnum ? Enum.GetValues(type).GetValue(Math.Abs(_next++ % Enum.GetValues(type).Length)) : null;
        }
    }
}
