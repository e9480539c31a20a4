using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

/// <summary>A clock that can be set, which moves no timer, beside its going on.</summary>
internal sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
