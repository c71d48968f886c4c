import { SignIn } from '@clerk/nextjs';

export default function SignInPage() {
  return (
    <>
      <h1>Sign in</h1>
      <SignIn fallbackRedirectUrl="/" />
    </>
  );
}
