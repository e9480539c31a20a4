using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

/// <summary>The addresses that a function's durable client gives out lead back to this host.</summary>
public sealed class ManagementPayloadTests
{
    [Fact]
    public async Task A_payload_has_this_hosts_address_and_the_system_key()
    {
        await using var host = await StartAsync(listen => (listen.MasterKey, listen.FunctionKey, listen.DurableTaskKey) = ("m", "f", "KEY"));

        using var response = await host.GetAsync("/api/Payload?code=f");

        var instance = $"{host.Url.GetLeftPart(UriPartial.Authority)}/runtime/webhooks/durabletask/instances/full1";
        Assert.Equal(
            $$$$"""
            {"Id":"full1","StatusQueryGetUri":"{{{{instance}}}}?code=KEY","SendEventPostUri":"{{{{instance}}}}/raiseEvent/{eventName}?code=KEY",
            "TerminatePostUri":"{{{{instance}}}}/terminate?reason={text}&code=KEY","RewindPostUri":"{{{{instance}}}}/rewind?reason={text}&code=KEY",
            "PurgeHistoryDeleteUri":"{{{{instance}}}}?code=KEY","RestartPostUri":"{{{{instance}}}}/restart?code=KEY",
            "SuspendPostUri":"{{{{instance}}}}/suspend?reason={text}&code=KEY","ResumePostUri":"{{{{instance}}}}/resume?reason={text}&code=KEY"}
            """.ReplaceLineEndings(string.Empty),
            (await BodyOf(response)).Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:")]
    [InlineData("localhost:1234", null, "http://localhost:1234/")]
    [InlineData(null, "https://etl.example.com", "https://etl.example.com/")]
    public async Task An_answer_to_check_the_status_has_the_address_that_its_caller_can_use(string? called, string? publicUrl, string address)
    {
        await using var host = await StartAsync(listen => listen.PublicUrl = publicUrl is null ? null : new Uri(publicUrl));

        using HttpRequestMessage request = new(HttpMethod.Get, "/api/CheckStatus");
        request.Headers.Host = called;
        using var response = await host.Http.SendAsync(request, Cancellation);
        var body = await JsonOf(response);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.StartsWith(address, response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("/runtime/webhooks/durabletask/instances/full1", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(response.Headers.Location!.OriginalString, body.GetProperty("StatusQueryGetUri").GetString());
    }

    [Fact]
    public async Task The_serializer_options_that_the_app_configures_apply_to_it()
    {
        await using var host = await StartAsync(configure: builder => builder.Services.Configure<JsonSerializerOptions>(
            options => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase));

        using var response = await host.GetAsync("/api/CheckStatus");

        Assert.Equal("full1", (await JsonOf(response)).GetProperty("id").GetString());
    }
}
