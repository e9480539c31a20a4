using Google.Protobuf.WellKnownTypes;

namespace EmbeddedHost.Protocol;

/// <summary>Times of DurableTask.Core as protobuf timestamps.</summary>
internal static class ProtoTime
{
    /// <summary>Core means UTC by every time that it does not say otherwise of; protobuf takes only times that say so.</summary>
    public static Timestamp ToProto(this DateTime time) => Timestamp.FromDateTime(time.Kind switch
    {
        DateTimeKind.Utc => time,
        DateTimeKind.Local => time.ToUniversalTime(),
        _ => DateTime.SpecifyKind(time, DateTimeKind.Utc),
    });

    public static Timestamp? ToProto(this DateTime? time) => time?.ToProto();
}
