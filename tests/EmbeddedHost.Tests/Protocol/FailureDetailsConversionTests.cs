using DurableTask.Core;
using EmbeddedHost.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Newtonsoft.Json;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class FailureDetailsConversionTests
{
    [Property]
    public Property A_failure_comes_back_whole() => Prop.ForAll(CoreSamples.Failure.ToArbitrary(), failure =>
    {
        P.TaskFailureDetails? proto = failure.ToProto();

        Assert.Equal(proto, proto.ToCore().ToProto());
        Assert.Equal((failure?.ErrorType, failure?.ErrorMessage, failure?.StackTrace), (proto?.ErrorType, proto?.ErrorMessage, proto?.StackTrace));
        Assert.Equal(failure?.IsNonRetriable, proto?.IsNonRetriable);
        Assert.Equal(failure?.InnerFailure.ToProto(), proto?.InnerFailure);
        Assert.Equal(failure?.Properties?.Keys ?? [], proto?.Properties.Keys ?? []);
    });

    [Property]
    public Property A_failure_that_lay_in_a_history_says_the_same() => Prop.ForAll(CoreSamples.Failure.ToArbitrary(), failure =>
    {
        FailureDetails? stored = JsonConvert.DeserializeObject<FailureDetails>(JsonConvert.SerializeObject(failure));

        // Newtonsoft.Json reads any text that looks like a time as one, in local time.
        Assert.Equal(Untimed(failure.ToProto()), Untimed(stored.ToProto()));
    });

    [Fact]
    public void Times_in_properties_keep_their_type_and_lookalikes_stay_text()
    {
        DateTime time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        DateTimeOffset offset = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));

        Assert.Equal(time, PropertyValues.ToCore(PropertyValues.ToProto(time)));
        Assert.Equal(offset, PropertyValues.ToCore(PropertyValues.ToProto(offset)));
        Assert.Equal("dt:soon", PropertyValues.ToCore(PropertyValues.ToProto("dt:soon")));
    }

    private static P.TaskFailureDetails? Untimed(P.TaskFailureDetails? failure)
    {
        for (P.TaskFailureDetails? level = failure; level is not null; level = level.InnerFailure)
        {
            foreach (var key in level.Properties.Where(p => p.Value.StringValue.StartsWith("dt", StringComparison.Ordinal)).Select(p => p.Key).ToList())
            {
                level.Properties.Remove(key);
            }
        }

        return failure;
    }
}
