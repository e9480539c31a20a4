using EmbeddedHost.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class Base64MessageTests
{
    [Property]
    public Property A_message_is_the_base64_text_of_its_bytes() => Prop.ForAll(CoreSamples.Event.ListOf().ToArbitrary(), events =>
    {
        P.OrchestratorRequest request = new() { InstanceId = "i", NewEvents = { events.Select(e => e.ToProto()) } };

        var text = request.ToBase64();

        Assert.Equal(request.ToByteString().ToBase64(), text);
        Assert.Equal(request, Base64Message.FromBase64<P.OrchestratorRequest>(text));
    });

    [Theory]
    [InlineData("not base64!")]
    [InlineData("////")]
    public void Text_that_is_no_message_is_refused_by_the_messages_name(string text)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => Base64Message.FromBase64<P.OrchestratorResponse>(text));

        Assert.Contains("OrchestratorResponse", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_is_an_empty_message() => Assert.Equal(new P.OrchestratorResponse(), Base64Message.FromBase64<P.OrchestratorResponse>(""));
}
